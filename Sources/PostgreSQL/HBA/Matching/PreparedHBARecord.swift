import IPAddressing
import SourceText

extension HBARecord {
  /// Whether the server would use this record for a connection (`check_hba` in hba.c).
  ///
  /// A field that certainly differs is decisive even if another one is unknown. If the
  /// server's addresses are not given, `samehost` and `samenet` are unknown.
  package func match(
    _ connection: HBAConnection, at server: ServerAddresses? = nil
  ) -> HBAMatch {
    PreparedHBARecord(self).match(connection, at: server)
  }
}

/// A record whose regular expressions are compiled, ready for many connections.
struct PreparedHBARecord: Sendable {
  let connectionType: HBAConnectionType
  let method: HBAMethod
  private let address: HBAAddress?
  private let databases: [Word]
  private let users: [Word]

  init(_ record: HBARecord) {
    (connectionType, method) = (record.connectionType, record.method)
    address = record.address
    databases = record.databases.map(Word.init)
    users = record.users.map(Word.init)
  }

  /// A word of a field, and its compiled expression if it has one that can be evaluated.
  private struct Word: Sendable {
    let token: HBAToken
    let pattern: HBAPattern?

    init(_ token: HBAToken) {
      self.token = token
      if case .regex(let text) = token { pattern = try? HBAPattern(text) } else { pattern = nil }
    }
  }

  func match(_ connection: HBAConnection, at server: ServerAddresses?) -> HBAMatch {
    guard connectionType.covers(connection.type) else { return .no(.connectionType) }
    let address = addressVerdict(connection, server)
    if address == .no { return .no(.address) }
    let database = databaseVerdict(connection)
    let user = userVerdict(connection)
    if database == .no {
      let onlyAll =
        connection.target == .physicalReplication && user != .no
        && databases.contains { $0.token == .keyword(.all) }
      return .no(onlyAll ? .databaseAllExcludesReplication : .database)
    }
    if user == .no { return .no(.user) }
    if case .unknown(let uncertainty) = address { return .unknown(uncertainty) }
    if case .unknown(let uncertainty) = database { return .unknown(uncertainty) }
    if case .unknown(let uncertainty) = user { return .unknown(uncertainty) }
    return .yes
  }
}

extension HBAConnectionType {
  /// Whether records of this type apply to such a connection. TLS and GSSAPI encryption
  /// exclude each other.
  package func covers(_ kind: HBAConnection.Kind) -> Bool {
    guard case .tcp(_, let encryption) = kind else { return self == .local }
    return switch self {
    case .local: false
    case .host: true
    case .hostssl: encryption == .tls
    case .hostnossl: encryption != .tls
    case .hostgssenc: encryption == .gss
    case .hostnogssenc: encryption != .gss
    }
  }
}

extension PreparedHBARecord {
  /// What is known about one field.
  private enum Verdict: Equatable {
    case yes, no
    case unknown(HBAUncertainty)

    init(_ matches: Bool) { self = matches ? .yes : .no }
    init(_ matches: Bool?, else uncertainty: @autoclosure () -> HBAUncertainty) {
      self = matches.map(Verdict.init) ?? .unknown(uncertainty())
    }
  }

  /// `check_ip` in hba.c: the families never mix.
  private func addressVerdict(_ connection: HBAConnection, _ server: ServerAddresses?) -> Verdict {
    guard case .tcp(let client, _) = connection.type else { return .yes }
    switch address {
    case .all: return .yes
    case .block(let block): return Verdict(block.contains(client))
    case .masked(let base, let mask):
      return Verdict(base.family == client.family && (base.bits ^ client.bits) & mask.bits == 0)
    case .samehost: return Verdict(server?.isOwn(client), else: .samehost)
    case .samenet: return Verdict(server?.isNeighbour(client), else: .samenet)
    case .hostName(let name): return .unknown(.hostName(name))
    case nil: return .no
    }
  }

  /// `check_db` in hba.c: physical replication matches only the keyword `replication`,
  /// which matches nothing else.
  private func databaseVerdict(_ connection: HBAConnection) -> Verdict {
    guard case .database(let database) = connection.target else {
      return Verdict(databases.contains { $0.token == .keyword(.replication) })
    }
    return firstCertain(databases) { word in
      switch word.token {
      case .keyword(.all): .yes
      case .keyword(.sameuser): Verdict(database.hasSameBytes(as: connection.user))
      case .keyword(.samerole), .keyword(.samegroup): Verdict(connection.isMember(of: database))
      case .keyword(.replication): .no
      // A plus sign has no meaning in this field.
      case .group(let role): Verdict(database.hasSameBytes(as: "+" + role))
      case .name(let name): Verdict(database.hasSameBytes(as: name))
      case .regex(let text): Verdict(word.pattern?.matches(database), else: .regex(text))
      }
    }
  }

  /// `check_role` in hba.c.
  private func userVerdict(_ connection: HBAConnection) -> Verdict {
    firstCertain(users) { word in
      switch word.token {
      case .keyword(.all): .yes
      // The other keywords are plain names in this field.
      case .keyword(let keyword): Verdict(connection.user.hasSameBytes(as: keyword.rawValue))
      case .group(let role): Verdict(connection.isMember(of: role))
      case .name(let name): Verdict(connection.user.hasSameBytes(as: name))
      case .regex(let text): Verdict(word.pattern?.matches(connection.user), else: .regex(text))
      }
    }
  }

  /// One matching word is enough; failing that, one that might match.
  private func firstCertain(_ words: [Word], _ verdict: (Word) -> Verdict) -> Verdict {
    var result = Verdict.no
    for word in words {
      switch verdict(word) {
      case .yes: return .yes
      case .no: break
      case .unknown(let uncertainty): if result == .no { result = .unknown(uncertainty) }
      }
    }
    return result
  }
}
