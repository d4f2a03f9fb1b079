import IPAddressing

extension HBARecord {
  /// Whether the server would take this record for a connection (`check_hba` in hba.c).
  ///
  /// A field that certainly differs decides even where another is unknown.
  package func match(_ connection: HBAConnection) -> HBAMatch {
    guard typeMatches(connection) else { return .no(.connectionType) }
    let address = addressVerdict(connection)
    let database = databaseVerdict(connection)
    let user = userVerdict(connection)
    if address == .no { return .no(.address) }
    if database == .no {
      let onlyAll =
        connection.target == .physicalReplication && databases.contains(.keyword(.all))
        && user != .no
      return .no(onlyAll ? .databaseAllExcludesReplication : .database)
    }
    if user == .no { return .no(.user) }
    for verdict in [address, database, user] {
      if case .unknown(let uncertainty) = verdict { return .unknown(uncertainty) }
    }
    return .yes
  }

  /// TLS and GSSAPI encryption exclude each other.
  private func typeMatches(_ connection: HBAConnection) -> Bool {
    switch (connectionType, connection.type) {
    case (.local, .local): true
    case (.host, .tcp): true
    case (.hostssl, .tcp(_, let encryption)): encryption == .tls
    case (.hostnossl, .tcp(_, let encryption)): encryption != .tls
    case (.hostgssenc, .tcp(_, let encryption)): encryption == .gss
    case (.hostnogssenc, .tcp(_, let encryption)): encryption != .gss
    default: false
    }
  }

  /// What is known about one field.
  private enum Verdict: Equatable {
    case yes, no
    case unknown(HBAUncertainty)
    init(_ matches: Bool) { self = matches ? .yes : .no }
  }

  private func addressVerdict(_ connection: HBAConnection) -> Verdict {
    guard case .tcp(let client, _) = connection.type else { return .yes }
    switch address {
    case .all: return .yes
    case .block(let block): return Verdict(block.contains(client))
    case .masked(let base, let mask):
      return Verdict(base.family == client.family && (base.bits ^ client.bits) & mask.bits == 0)
    case .samehost: return .unknown(.samehost)
    case .samenet: return .unknown(.samenet)
    case .hostName(let name): return .unknown(.hostName(name))
    case nil: return .no
    }
  }

  /// `check_db` in hba.c: physical replication matches the keyword `replication` and
  /// nothing else, and nothing else matches it.
  private func databaseVerdict(_ connection: HBAConnection) -> Verdict {
    guard case .database(let database) = connection.target else {
      return Verdict(databases.contains(.keyword(.replication)))
    }
    return firstCertain(databases) { token in
      switch token {
      case .keyword(.all): .yes
      case .keyword(.sameuser): Verdict(database.hasSameBytes(as: connection.user))
      case .keyword(.samerole), .keyword(.samegroup): Verdict(connection.isMember(of: database))
      case .keyword(.replication): .no
      // A plus sign means nothing in this field.
      case .group(let role): Verdict(database.hasSameBytes(as: "+" + role))
      case .name(let name): Verdict(database.hasSameBytes(as: name))
      case .regex(let pattern): verdict(of: pattern, on: database)
      }
    }
  }

  /// `check_role` in hba.c.
  private func userVerdict(_ connection: HBAConnection) -> Verdict {
    firstCertain(users) { token in
      switch token {
      case .keyword(.all): .yes
      // The other keywords are plain names in this field.
      case .keyword(let keyword): Verdict(connection.user.hasSameBytes(as: keyword.rawValue))
      case .group(let role): Verdict(connection.isMember(of: role))
      case .name(let name): Verdict(connection.user.hasSameBytes(as: name))
      case .regex(let pattern): verdict(of: pattern, on: connection.user)
      }
    }
  }

  private func verdict(of pattern: String, on name: String) -> Verdict {
    guard let regex = try? HBAPattern(pattern), let isMatch = regex.matches(name) else {
      return .unknown(.regex(pattern))
    }
    return Verdict(isMatch)
  }

  /// One word that matches is enough; failing that, one that might.
  private func firstCertain(_ tokens: [HBAToken], _ verdict: (HBAToken) -> Verdict) -> Verdict {
    let verdicts = tokens.map(verdict)
    if verdicts.contains(.yes) { return .yes }
    return verdicts.first { $0 != .no } ?? .no
  }
}
