import Diagnostics
import IPAddressing
import PostgresConfig
import TopologyModel

/// Walks the effective HBA records for one connection after another, as every node does.
///
/// Records about single addresses are looked up; only the others are walked each time.
struct Admission {
  /// Why a connection is turned away.
  struct Refusal {
    /// The server's own sentence (`ClientAuthentication` in auth.c), which people search for.
    let sentence: String
    /// The records that explain it.
    let notes: [Diagnostic.Note]
    /// What to write, as a full sentence.
    let hint: String
  }

  private let topology: ResolvedTopology
  private var singles: [IPAddress: [Int]] = [:]
  private var others: [Int] = []

  init(_ topology: ResolvedTopology) {
    self.topology = topology
    for (index, effective) in topology.hba.enumerated() {
      if let address = effective.record.singleAddress {
        singles[address, default: []].append(index)
      } else {
        others.append(index)
      }
    }
  }

  /// Nil when the connection is let in, and when only the server can know.
  func refusal(of connection: HBAConnection) -> Refusal? {
    guard case .tcp(let address, _) = connection.type else { return nil }
    let records = ((singles[address] ?? []) + others).sorted().map { topology.hba[$0] }
    let decision = HBARecords.decide(records.lazy.map(\.record), connection)
    switch decision {
    case .unknown: return nil
    case .record(_, let method) where method != .reject: return nil
    case .record(let index, _):
      let note = records[index].declaredRange.map {
        Diagnostic.Note("this record rejects it", at: $0)
      }
      return Refusal(
        sentence: connection.sentence("pg_hba.conf rejects", "connection for"),
        notes: note.map { [$0] } ?? [],
        hint: "Write before that record: \(connection.neededRecord(from: address)).")
    case .none(let mismatches):
      let notes = zip(records, mismatches).compactMap { nearMiss($0, $1, connection) }
      return Refusal(
        sentence: connection.sentence("no pg_hba.conf entry for", "connection from"),
        notes: Array(notes.prefix(3)),
        hint: "Add to \"hba.records\": \(connection.neededRecord(from: address)).")
    }
  }

  /// A record that would match if one of its fields were another.
  private func nearMiss(
    _ effective: EffectiveHBARecord, _ mismatch: HBAMismatch, _ connection: HBAConnection
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
      return record.match(connection) == .yes
        ? .init("this record is for other databases", at: range) : nil
    case .connectionType:
      guard effective.record.match(connection.withOtherEncryption) == .yes else { return nil }
      return connection.isEncrypted
        ? .init("this record is for connections without TLS", at: range)
        : .init("this record is for connections with TLS, and there is no \"tls\" here", at: range)
    case .address: return nil
    }
  }
}

extension HBARecord {
  /// The only address that the record is about.
  fileprivate var singleAddress: IPAddress? {
    guard connectionType != .local, case .block(let block) = address, block.first == block.last
    else { return nil }
    return block.first
  }
}

extension HBAConnection {
  fileprivate var isEncrypted: Bool { type.isEncrypted }

  fileprivate var withOtherEncryption: HBAConnection {
    guard case .tcp(let address, let encryption) = type else { return self }
    return HBAConnection(
      type: .tcp(address: address, tls: encryption != .tls), target: target, user: user,
      memberships: memberships)
  }

  /// The server's sentence; it says "connection" to a database only when it rejects one.
  fileprivate func sentence(_ start: String, _ connection: String) -> String {
    guard case .tcp(let address, let encryption) = type else { return start }
    let end = encryption == .tls ? "SSL encryption" : "no encryption"
    switch target {
    case .physicalReplication:
      return "\(start) replication \(connection) host \"\(address)\", user \"\(user)\", \(end)"
    case .database(let database):
      let words = connection.hasSuffix("from") ? "" : connection + " "
      return "\(start) \(words)host \"\(address)\", user \"\(user)\", "
        + "database \"\(database)\", \(end)"
    }
  }

  /// A record that lets this connection in, as the topology file writes it.
  fileprivate func neededRecord(from address: IPAddress) -> String {
    let database =
      switch target {
      case .physicalReplication: "replication"
      case .database(let name): HintText.hbaName(name)
      }
    let type = isEncrypted ? "hostssl" : "host"
    let block = CIDRBlock(only: address)
    return "{type: \(type), databases: [\(database)], users: [\(HintText.hbaName(user))], "
      + "address: \(HintText.flow("\(block)")), method: scram-sha-256}"
  }
}

extension HBAConnection.Kind {
  fileprivate var isEncrypted: Bool { if case .tcp(_, .tls) = self { true } else { false } }
}
