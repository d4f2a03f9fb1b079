package import Diagnostics
package import PostgresConfig
import TopologyModel

/// Walks the effective HBA records for one connection after another, as every node does.
struct Admission {
  /// Why a connection is turned away.
  struct Refusal {
    /// The server's own sentence, which people search for.
    let sentence: String
    /// The records that explain it.
    let notes: [Diagnostic.Note]
    /// What to write, as a full sentence.
    let hint: Diagnostic.Message
  }

  private let topology: ResolvedTopology

  init(_ topology: ResolvedTopology) { self.topology = topology }

  private var records: HBARecords { topology.hbaRecords }

  /// Nil when a node lets the connection in, and when only the server can know.
  func refusal(of connection: HBAConnection, by node: ResolvedNode) -> Refusal? {
    let server = topology.network.serverAddresses(of: node)
    switch records.first(for: connection, at: server) {
    case (let number, .yes)?:
      let effective = topology.hba[number]
      guard effective.record.method == .reject else { return nil }
      let note = effective.declaredRange.map { Diagnostic.Note("this record rejects it", at: $0) }
      return Refusal(
        sentence: connection.sentence(isRejected: true), notes: note.map { [$0] } ?? [],
        hint: connection.admittingHint(isRejected: true))
    case _?: return nil
    case nil:
      let mismatches = records.mismatches(before: records.count, connection, at: server)
      let notes = zip(topology.hba, mismatches).lazy.compactMap {
        nearMiss($0, $1, connection, server)
      }
      return Refusal(
        sentence: connection.sentence(isRejected: false), notes: Array(notes.prefix(3)),
        hint: connection.admittingHint(isRejected: false))
    }
  }

  /// A record that would match if one of its fields were another.
  private func nearMiss(
    _ effective: EffectiveHBARecord, _ mismatch: HBAMismatch, _ connection: HBAConnection,
    _ server: ServerAddresses
  ) -> Diagnostic.Note? {
    guard let range = effective.declaredRange, effective.record.method != .reject else {
      return nil
    }
    switch mismatch {
    case .databaseAllExcludesReplication:
      return .init("\"all\" does not match replication connections here", at: range)
    case .user: return .init("this record is for other users", at: range)
    case .database:
      var record = effective.record
      record.databases = [.keyword(.all), .keyword(.replication)]
      return record.match(connection, at: server) == .yes
        ? .init("this record is for other databases", at: range) : nil
    case .connectionType:
      guard effective.record.match(connection.withOtherEncryption, at: server) == .yes else {
        return nil
      }
      return connection.type.isEncrypted
        ? .init("this record is for connections without TLS", at: range)
        : .init("this record is for connections with TLS, and there is no \"tls\" here", at: range)
    case .address: return nil
    }
  }
}

extension HBAConnection {
  fileprivate var withOtherEncryption: HBAConnection {
    guard case .tcp(let address, let encryption) = type else { return self }
    return HBAConnection(
      type: .tcp(address: address, tls: encryption != .tls), target: target, user: user,
      memberships: memberships)
  }

  /// What to write into a topology to let this connection in, as a full sentence.
  package func admittingHint(isRejected: Bool) -> Diagnostic.Message {
    let record = admittingRecord
    let address = record.address.map { ", address: \(HintText.flow($0.hbaText))" } ?? ""
    let text =
      "{type: \(record.connectionType.rawValue), "
      + "databases: [\(record.databases.map { HintText.flow($0.hbaText) }.joined())], "
      + "users: [\(record.users.map { HintText.flow($0.hbaText) }.joined())]\(address), "
      + "method: \(record.method.rawValue)}"
    return isRejected
      ? "Write before that record: \(text: text)."
      : "Add to \(keyword: "hba.records"): \(text: text)."
  }
}

extension HBAConnection.Kind {
  fileprivate var isEncrypted: Bool { if case .tcp(_, .tls) = self { true } else { false } }
}
