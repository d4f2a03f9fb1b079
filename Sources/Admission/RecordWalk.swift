package import PostgreSQL
package import TopologyModel

/// The records that a server applies, checked for one connection after another.
package struct RecordWalk: Sendable {
  /// Nil for a plain file.
  package let topology: ResolvedTopology?
  /// The addresses of the server that uses a plain file, if they were given.
  private let server: ServerAddresses?
  private let index: HBARecords
  /// Those of a plain file; a topology has its own.
  private let plain: [HBARecord]

  /// The records of a plain file.
  ///
  /// - Parameter server: The addresses behind `samehost` and `samenet`; nil if unknown.
  package init(_ records: [HBARecord], at server: ServerAddresses? = nil) {
    (plain, self.server, topology) = (records, server, nil)
    index = HBARecords(records)
  }

  /// The records that every node of a topology has.
  package init(_ topology: ResolvedTopology) {
    (self.topology, server, plain) = (topology, nil, [])
    index = topology.hbaRecords
  }

  /// In the server's order; a verdict has the index of one.
  package var records: [HBARecord] { topology?.hba.map(\.record) ?? plain }

  private func record(_ number: Int) -> HBARecord {
    topology?.hba[number].record ?? plain[number]
  }

  /// The addresses behind `samehost` and `samenet` at a node, or at a plain file's server if
  /// there is no node; nil if unknown.
  package func serverAddresses(of node: ResolvedNode?) -> ServerAddresses? {
    guard let topology, let node else { return server }
    return topology.network.serverAddresses(of: node)
  }

  /// The decision about a connection to a server with these addresses.
  package func verdict(of connection: HBAConnection, at server: ServerAddresses?) -> Verdict {
    switch index.first(for: connection, at: server) {
    case nil: .unmatched
    case (let number, .unknown(let uncertainty))?: .unknown(number, uncertainty)
    case (let number, _)?:
      record(number).method == .reject ? .rejected(number) : .admitted(number)
    }
  }

  /// Why each record before the deciding one does not match, in the order of the file;
  /// for all records if none matches.
  package func mismatches(
    before verdict: Verdict, _ connection: HBAConnection, at server: ServerAddresses?
  ) -> [HBAMismatch] {
    index.mismatches(before: verdict.recordNumber ?? index.count, connection, at: server)
  }
}

/// The decision about one connection. Records are given by their index.
package enum Verdict: Hashable, Sendable {
  /// The record admits it to authentication by the record's method.
  case admitted(Int)
  /// The record rejects it.
  case rejected(Int)
  /// No record matches.
  case unmatched
  /// The first record for which only the server can decide.
  case unknown(Int, HBAUncertainty)

  /// Whether the connection is rejected: by a record, or because none matches.
  package var isRejected: Bool? {
    switch self {
    case .admitted, .unknown: nil
    case .rejected: true
    case .unmatched: false
    }
  }

  /// The deciding record, if there is one.
  package var recordNumber: Int? {
    switch self {
    case .admitted(let number), .rejected(let number), .unknown(let number, _): number
    case .unmatched: nil
    }
  }
}
