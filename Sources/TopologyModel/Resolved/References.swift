import Diagnostics
import SchemaCoding
import SourceText

/// Finds names in a topology that lead nowhere, and roles that contradict each other.
///
/// It works on a topology with mistakes, too: names whose values are broken still exist.
struct References {
  private let topology: Topology
  private let nodeNames: [String]
  private let userNames: [String]

  init(_ topology: Topology) {
    self.topology = topology
    nodeNames = topology.nodes.map(\.name.value)
    userNames = topology.users.map(\.name.value)
  }

  func problems() -> [Diagnostic] {
    unknownNodes() + Upstreams(topology.nodes).problems() + primaries() + users() + databases()
      + families() + settingsGivenTwice()
  }

  private func unknownNodes() -> [Diagnostic] {
    let known = Set(nodeNames)
    let upstreams = topology.nodes.compactMap { $0.value?.upstream }
    let synchronous = topology.replication?.synchronous?.replicas ?? []
    return Diagnostic.unknown(
      "node", (upstreams + synchronous).filter { !known.contains($0.value) }, among: nodeNames)
  }

  private func primaries() -> [Diagnostic] {
    let primaries = topology.nodes.compactMap { entry in
      entry.value?.role.flatMap { $0.value == .primary ? (entry, role: $0.range) : nil }
    }
    var problems: [Diagnostic] = []
    for (entry, _) in primaries {
      if let upstream = entry.value?.upstream {
        problems.append(.primaryWithUpstream(entry.name.value, at: upstream.range))
      }
    }
    guard let first = primaries.first else {
      // A node whose role could not be read may be the primary.
      let isCertain = topology.nodes.allSatisfy { $0.value?.role != nil }
      if isCertain, let node = topology.nodes.first {
        problems.append(.noPrimary(at: node.name.range))
      }
      return problems
    }
    return problems
      + primaries.dropFirst().map { entry, range in
        .secondPrimary(entry.name.value, at: range, first: first.0.name.value, first.role)
      }
  }

  private func users() -> [Diagnostic] {
    let known = Set(userNames)
    let referenced =
      [topology.replication?.user].compactMap { $0 }
      + topology.clients.compactMap { $0.value?.user }
      + topology.users.flatMap { $0.value?.memberOf ?? [] }.filter { !$0.value.hasPrefix("pg_") }
    var problems = Diagnostic.unknown(
      "user", referenced.filter { !known.contains($0.value) }, among: userNames)
    let users = topology.users.compactMap { entry in entry.value.map { (entry.name, $0) } }
    if users.count == topology.users.count, users.allSatisfy(\.1.hasSoundAttributes),
      let first = topology.users.first,
      !users.contains(where: { $0.1.attributes.contains(.superuser) })
    {
      problems.append(.noSuperuser(at: first.name.range))
    }
    let replicating = users.filter { $0.1.attributes.contains(.replication) }.map(\.0)
    if topology.replication?.user == nil, replicating.count > 1 {
      problems.append(.severalReplicationUsers(replicating))
    }
    return problems
  }

  private func databases() -> [Diagnostic] {
    // The part that could not be read may have named the database.
    guard let name = topology.name?.value, let postgres = topology.postgres,
      topology.users.allSatisfy({ $0.value != nil })
    else { return [] }
    let databases = [Database](
      first: postgres.database?.value ?? name,
      users: topology.users.map { ($0.name.value, $0.value?.databases.map(\.value) ?? []) })
    let named = Dictionary(uniqueKeysWithValues: databases.map { ($0.name, $0) })
    let open = databases.filter(\.acceptsConnections).map(\.name)
    let clients = topology.clients.compactMap { $0.value?.database }
    let first = postgres.database ?? topology.name
    let others = [first].compactMap { $0 } + topology.users.flatMap { $0.value?.databases ?? [] }
    return Diagnostic.unknown(
      "database", clients.filter { named[$0.value] == nil }, among: open)
      + (clients + others).filter { named[$0.value]?.acceptsConnections == false }
      .map { .closedDatabase($0, isTopologyName: $0.range == topology.name?.range) }
  }

  private func families() -> [Diagnostic] {
    guard let network = topology.network, network.subnet6 == nil, network.hasSoundSubnet6 else {
      return []
    }
    let addresses =
      [network.gateway6].compactMap { $0 } + topology.nodes.compactMap { $0.value?.ip6 }
      + topology.clients.compactMap { $0.value?.ip6 }
    return addresses.map { .noSubnet6("\($0.value)", at: $0.range) }
  }

  private func settingsGivenTwice() -> [Diagnostic] {
    ([topology.settings] + topology.nodes.compactMap { $0.value?.settings }).flatMap { settings in
      var seen: [String: SourceRange] = [:]
      return settings.compactMap { entry -> Diagnostic? in
        guard let first = seen.updateValue(entry.name.range, forKey: entry.name.value) else {
          return nil
        }
        return .settingGivenTwice(entry.name, first: first)
      }
    }
  }
}

extension Diagnostic {
  fileprivate static func unknown(
    _ kind: String, _ unknown: [Located<String>], among names: [String]
  ) -> [Diagnostic] {
    guard !unknown.isEmpty else { return [] }
    var nearest = NearestNames(names)
    return unknown.map { name in
      Diagnostic(
        Diagnostic.ID(stringLiteral: "unknown-\(kind)"), .error,
        "\(text: kind) \(name: name.value) does not exist", at: name.range,
        hint: nearest.nearest(to: name.value).map { "Perhaps you meant \(name: $0.name)." }
          ?? "Declare it, or write one of \(names: Array(names.prefix(8)))."
      )
    }
  }

  /// - Parameter isTopologyName: Whether the first database is called like the topology.
  fileprivate static func closedDatabase(
    _ name: Located<String>, isTopologyName: Bool
  ) -> Diagnostic {
    Diagnostic(
      "closed-database", .error, "database \(name: name.value) accepts no connections",
      at: name.range,
      hint: isTopologyName
        ? "Name the first database with \(keyword: "postgres.database"), or the topology otherwise."
        : "Write another database.")
  }

  fileprivate static func primaryWithUpstream(_ name: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "primary-with-upstream", .error, "primary \(name: name) has an upstream", at: range,
      hint: "Remove it, or make the node a replica.")
  }

  fileprivate static func noPrimary(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-primary", .error, "no node is the primary", at: range,
      hint: "Give one node \"role: primary\".")
  }

  fileprivate static func secondPrimary(
    _ name: String, at range: SourceRange, first: String, _ firstRange: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "multiple-primaries", .error, "node \(name: name) is a second primary", at: range,
      notes: [.init("the first primary is declared here", at: firstRange)],
      hint: "Make \(name: name) a replica of \(name: first).")
  }

  fileprivate static func noSuperuser(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-superuser", .error, "no user has the attribute superuser", at: range,
      hint:
        "The image creates the first superuser and nothing without it. Give one user \"attributes: [superuser]\"."
    )
  }

  fileprivate static func severalReplicationUsers(_ names: [Located<String>]) -> Diagnostic {
    Diagnostic(
      "ambiguous-replication-user", .error,
      "users \(names: names.map(\.value), .and) may replicate",
      at: names[1].range, notes: [.init("the first of them is declared here", at: names[0].range)],
      hint: "Say with \"replication: {user: …}\" which one the replicas connect as.")
  }

  fileprivate static func noSubnet6(_ address: String, at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "address \(name: address) needs an IPv6 subnet", at: range,
      hint: "Add \"subnet6\" to \"network\".")
  }

  fileprivate static func settingGivenTwice(
    _ name: Located<String>, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "duplicate-key", .error, "setting \(name: name.value) is given twice", at: name.range,
      notes: [.init("it is given here first", at: first)],
      hint: "Names of settings are compared without regard to case. Remove one of the two.")
  }
}
