import Diagnostics
import PostgreSQL
import TopologyModel

extension ResolvedTopology {
  /// The author's settings, except those that another key determines, which a rule of their
  /// own reports.
  var judgedSettings: [ServedSettings.Declared] {
    declaredSettings.filter { $0.setting.owner?.isExclusive != true }
  }

  /// The official image of this major; the suite in its tag keeps collations from changing
  /// underneath the indexes.
  var officialImage: String { "postgres:\(major)-bookworm" }
}
