import Diagnostics
import PostgresConfig
import TopologyModel

extension ResolvedTopology {
  /// The author's settings less those that another key says, about which one rule of its
  /// own speaks.
  var judgedSettings: [ServedSettings.Written] {
    writtenSettings.filter { $0.setting.owner?.isExclusive != true }
  }

  /// The official image of this major; the suite in its tag keeps collations from
  /// changing underneath the indexes.
  var officialImage: String { "postgres:\(major)-bookworm" }
}
