package import PostgreSQL
package import TopologyModel

/// The records that a server goes by, walked for one connection after another.
package struct RecordWalk: Sendable {
  /// Nil for a plain file.
  package let topology: ResolvedTopology?
  /// The addresses of the server that goes by a plain file, if somebody named them.
  private let server: ServerAddresses?
  private let index: HBARecords
  /// Those of a plain file; a topology has its own.
  private let plain: [HBARecord]

  /// The records of a plain file.
  ///
  /// - Parameter server: What `samehost` and `samenet` are about; nil when that is not known.
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

  /// What `samehost` and `samenet` are about at a node, or at a plain file's server when there
  /// is no node; nil when that is not known.
  package func serverAddresses(of node: ResolvedNode?) -> ServerAddresses? {
    guard let topology, let node else { return server }
    return topology.network.serverAddresses(of: node)
  }

  /// What becomes of a connection to a server with these addresses.
  package func verdict(of connection: HBAConnection, at server: ServerAddresses?) -> Verdict {
    switch index.first(for: connection, at: server) {
    case nil: .unmatched
    case (let number, .unknown(let uncertainty))?: .unknown(number, uncertainty)
    case (let number, _)?:
      record(number).method == .reject ? .rejected(number) : .admitted(number)
    }
  }

  /// Why the records before the one that decides are not about the connection, in their order;
  /// all of them when none is.
  package func mismatches(
    before verdict: Verdict, _ connection: HBAConnection, at server: ServerAddresses?
  ) -> [HBAMismatch] {
    index.mismatches(before: verdict.recordNumber ?? index.count, connection, at: server)
  }
}

/// What becomes of one connection. Records are given by their index.
package enum Verdict: Hashable, Sendable {
  /// The record lets it in, to prove who it is by the record's method.
  case admitted(Int)
  /// The record rejects it.
  case rejected(Int)
  /// No record is about it.
  case unmatched
  /// The first record of which only the server can tell.
  case unknown(Int, HBAUncertainty)

  /// Of a connection that is turned away: whether a record rejects it, or none is about it.
  package var isRejected: Bool? {
    switch self {
    case .admitted, .unknown: nil
    case .rejected: true
    case .unmatched: false
    }
  }

  /// The record that decides, if there is one.
  package var recordNumber: Int? {
    switch self {
    case .admitted(let number), .rejected(let number), .unknown(let number, _): number
    case .unmatched: nil
    }
  }
}
