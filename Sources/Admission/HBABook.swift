package import PostgreSQL
package import SourceText
package import TopologyModel

/// The records that a server applies, and the origin of each.
package struct HBABook: Sendable {
  /// The origin of a record.
  package enum Origin: Hashable, Sendable {
    /// A line of a file; the first is 1.
    case written(path: String, line: Int)
    /// Follows from the rest of the topology; the reason is a phrase.
    case derived(reason: String)
  }

  /// The records.
  package let walk: RecordWalk
  /// One for each record.
  package let origins: [Origin]
  /// What a hint names to change where there is no node: the file.
  package let path: String

  /// The records of every node of a topology.
  ///
  /// - Parameter source: The file that the topology was read from.
  package init(_ topology: ResolvedTopology, in source: SourceFile) {
    let lines = LineTable(source.bytes)
    walk = RecordWalk(topology)
    origins = topology.hba.map { resolved in
      switch resolved.origin {
      case .declared(let range):
        .written(path: source.path, line: lines.position(at: range.lowerBound).line)
      case .derived(let reason): .derived(reason: reason)
      }
    }
    path = source.path
  }

  /// The records of a plain pg_hba.conf that a server accepts.
  ///
  /// - Parameter server: The addresses of a server that uses the file, if they are known.
  package init(_ rules: HBAFileRules, path: String, at server: ServerAddresses?) {
    walk = RecordWalk(rules.records.map(\.record), at: server)
    origins = rules.records.map { .written(path: $0.fileName, line: $0.lineNumber) }
    self.path = path
  }

  /// In the server's order.
  package var records: [HBARecord] { walk.records }
  /// Nil for a plain file.
  package var topology: ResolvedTopology? { walk.topology }
}
