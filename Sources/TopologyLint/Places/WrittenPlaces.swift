import Diagnostics
import PostgresConfig
import TopologyModel

extension ResolvedTopology {
  /// The author's settings less those that another key says, about which one rule of its
  /// own speaks.
  var judgedSettings: [ServedSettings.Written] {
    writtenSettings.filter { $0.setting.owner?.isExclusive != true }
  }

  /// The author's HBA records; they stand in front of the derived ones.
  var writtenRecords: [Located<DeclaredHBARecord>] { declaration.hba?.records ?? [] }

  /// The images that are written, for all nodes or for one.
  var writtenImages: [Located<PostgresImage>] {
    [declaration.postgres?.image].compactMap { $0 } + nodes.compactMap(\.declaration.image)
  }

  /// The official image of this major; the suite in its tag keeps collations from
  /// changing underneath the indexes.
  var officialImage: String { "postgres:\(major)-bookworm" }
}
