package import Diagnostics
package import PostgreSQL
package import TopologyModel

/// Why a connection is rejected.
package struct Refusal: Sendable {
  /// The server's own sentence, which people search for.
  package let sentence: String
  /// The records of the topology that explain it.
  package let notes: [Diagnostic.Note]
  /// What to write, as a full sentence.
  package let hint: Diagnostic.Message
}

extension RecordWalk {
  /// Nil if the node admits the connection, or if only the server can know.
  package func refusal(of connection: HBAConnection, by node: ResolvedNode) -> Refusal? {
    let server = serverAddresses(of: node)
    let verdict = verdict(of: connection, at: server)
    guard let isRejected = verdict.isRejected else { return nil }
    return Refusal(
      sentence: connection.sentence(isRejected: isRejected),
      notes: notes(on: verdict, connection, server),
      hint: connection.admittingHint(isRejected: isRejected))
  }

  private func notes(
    on verdict: Verdict, _ connection: HBAConnection, _ server: ServerAddresses?
  ) -> [Diagnostic.Note] {
    guard let resolved = topology?.hba else { return [] }
    if let number = verdict.recordNumber {
      return resolved[number].declaredRange.map { [.init("this record rejects it", at: $0)] } ?? []
    }
    let mismatches = mismatches(before: verdict, connection, at: server)
    let notes = zip(resolved, mismatches).lazy.compactMap { nearMiss($0, $1, connection, server) }
    return Array(notes.prefix(3))
  }

  /// A record that would match if one of its fields were another.
  private func nearMiss(
    _ resolved: ResolvedHBARecord, _ mismatch: HBAMismatch, _ connection: HBAConnection,
    _ server: ServerAddresses?
  ) -> Diagnostic.Note? {
    guard let range = resolved.declaredRange, resolved.record.method != .reject else {
      return nil
    }
    switch mismatch {
    case .databaseAllExcludesReplication:
      return .init("\"all\" does not match replication connections here", at: range)
    case .user: return .init("this record is for other users", at: range)
    case .database:
      var record = resolved.record
      record.databases = [.keyword(.all), .keyword(.replication)]
      return record.match(connection, at: server) == .yes
        ? .init("this record is for other databases", at: range) : nil
    case .connectionType:
      guard resolved.record.match(connection.withOtherEncryption, at: server) == .yes else {
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

  /// What to write into a topology to admit this connection, as a full sentence.
  func admittingHint(isRejected: Bool) -> Diagnostic.Message {
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

  /// The same for a plain pg_hba.conf.
  func admittingHint(isRejected: Bool, inFile path: String) -> Diagnostic.Message {
    let line = admittingRecord.fields.filter { !$0.isEmpty }.joined(separator: " ")
    return isRejected
      ? "Write before that record: \(text: line)" : "Add to \(text: path): \(text: line)"
  }
}

extension HBAConnection.Kind {
  fileprivate var isEncrypted: Bool { if case .tcp(_, .tls) = self { true } else { false } }
}
