import Diagnostics
import PostgresConfig
import TopologyModel

/// A setting where the author wrote it, for one node or for all.
struct WrittenSetting {
  let name: Located<String>
  let value: Located<String>
}

extension ResolvedTopology {
  /// The author's settings that take effect on some node, each once.
  var writtenSettings: [WrittenSetting] {
    var seen: Set<SourceRange> = []
    return nodes.flatMap(\.settings).compactMap { setting in
      guard case .declared(let name, let value) = setting.origin, seen.insert(name).inserted
      else { return nil }
      return WrittenSetting(
        name: Located(setting.name, at: name), value: Located(setting.value, at: value))
    }
  }

  /// The official image of this major; the suite in its tag keeps collations from
  /// changing underneath the indexes.
  var officialImage: String { "postgres:\(major)-bookworm" }
}
