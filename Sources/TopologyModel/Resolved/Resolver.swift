import Diagnostics
import IPAddressing
import PostgreSQL
import SchemaCoding
import SourceText
import YAMLSyntax

/// Turns a declared topology into a resolved one.
struct Resolver {
  let topology: Topology
  let document: YAMLDocument
  let target: Target
  /// Of a node where neither it nor `postgres` names an image.
  private let standardImage: PostgresImage?

  init(_ topology: Topology, _ document: YAMLDocument, for target: Target) {
    (self.topology, self.document, self.target) = (topology, document, target)
    standardImage = topology.postgres.flatMap { try? PostgresImage("postgres:\($0.version.value)") }
  }

  /// Reports every reference that leads nowhere, and returns nil if anything was reported,
  /// now or earlier: later stages rely on every name.
  func resolve(_ diagnostics: inout [Diagnostic]) -> ResolvedTopology? {
    diagnostics += References(topology).problems()
    guard !diagnostics.contains(where: { $0.severity == .error }) else { return nil }
    let users = resolvedUsers()
    guard let name = topology.name?.value, let postgres = topology.postgres,
      let network = resolvedNetwork(name),
      let superuser = users.first(where: { $0.attributes.contains(.superuser) }),
      let primaryIndex = topology.nodes.firstIndex(where: { $0.value?.role?.value == .primary })
    else { return nil }
    let replicationUser = replicationUser(among: users)
    let database = postgres.database?.value ?? name
    let upstreams = upstreamIndices(primaryIndex)
    var downstreams = Array(repeating: [Int](), count: upstreams.count)
    for (index, upstream) in upstreams.enumerated() {
      if let upstream { downstreams[upstream].append(index) }
    }
    var serving = SettingsServing(
      topology,
      SettingsDerivation.settings(
        of: topology, postgres, target.paths, replicaCount: upstreams.count { $0 != nil }))
    let nodes = topology.nodes.indices.compactMap { index in
      resolvedNode(index, upstreams[index], downstreams[index], &serving)
    }
    // References made sure that every node exists.
    guard nodes.count == topology.nodes.count else { return nil }
    let synchronous = ResolvedSynchronous(
      topology, nodes[primaryIndex].settings["synchronous_standby_names"], primaryIndex, upstreams)
    let servers = nodes.map(\.settings).withoutRepetition
    let clients = topology.clients.compactMap { resolvedClient($0, database, users) }
    let hba = HBADerivation(
      topology, nodes, clients, network, database: database,
      superuser: superuser, replicationUser: replicationUser ?? superuser
    ).records()
    return ResolvedTopology(
      target: target, file: document.file.id, name: name,
      output: topology.output?.value ?? "output/\(name)", version: postgres.version,
      image: postgres.image, initdb: postgres.initdb ?? .standard,
      initFolder: postgres.initFolder, database: database,
      databases: [Database](first: database, users: users.map { ($0.name, $0.databases) }),
      port: postgres.port, network: network,
      users: users, superuser: superuser, replicationUser: replicationUser,
      replicationUserRange: topology.replication?.user?.range,
      usesSlots: usesSlots, recopy: topology.replication?.recopy ?? .manual,
      healthcheck: topology.healthcheck ?? .standard, nodes: nodes,
      servers: servers, declaredSettings: servers.declared, primaryIndex: primaryIndex,
      clients: clients, declaredRecords: topology.hba?.records ?? [],
      hba: hba, hbaRecords: HBARecords(hba.lazy.map(\.record)),
      synchronous: synchronous, archive: topology.archive, tls: topology.tls,
      document: document, allowed: topology.lint?.allow ?? [],
      comments: AllowanceComment.all(in: document))
  }

  private var usesSlots: Bool { topology.replication?.slots ?? true }

  private func resolvedNetwork(_ name: String) -> ResolvedNetwork? {
    guard let network = topology.network, let subnet = network.subnet else { return nil }
    return ResolvedNetwork(
      name: network.name ?? name, driver: network.driver, subnet: subnet,
      gateway: network.gateway, ipRange: network.ipRange, subnet6: network.subnet6,
      gateway6: network.gateway6, isExternal: network.isExternal)
  }

  private func resolvedUsers() -> [ResolvedUser] {
    var groups: [String: [String]] = [:]
    for entry in topology.users {
      groups[entry.name.value] = entry.value?.memberOf.map(\.value) ?? []
    }
    return topology.users.compactMap { entry in
      guard let user = entry.value, let password = user.password else { return nil }
      return ResolvedUser(
        name: entry.name.value, nameRange: entry.name.range, attributes: user.attributes,
        password: password, memberOf: user.memberOf.map(\.value),
        databases: user.databases.map(\.value),
        memberships: memberships(of: entry.name.value, groups))
    }
  }

  private func memberships(of name: String, _ groups: [String: [String]]) -> Set<String> {
    var found: Set<String> = [name]
    var open = [name]
    while let next = open.popLast() {
      for group in groups[next] ?? [] where found.insert(group).inserted { open.append(group) }
    }
    return found
  }

  private func replicationUser(among users: [ResolvedUser]) -> ResolvedUser? {
    if let declared = topology.replication?.user {
      return users.first { $0.name == declared.value }
    }
    return users.first { $0.attributes.contains(.replication) }
  }

  private func upstreamIndices(_ primaryIndex: Int) -> [Int?] {
    let positions = Dictionary(
      uniqueKeysWithValues: topology.nodes.enumerated().map { ($1.name.value, $0) })
    return topology.nodes.map { entry in
      guard entry.value?.role?.value == .replica else { return nil }
      guard let upstream = entry.value?.upstream?.value else { return primaryIndex }
      return positions[upstream]
    }
  }

  private func resolvedNode(
    _ index: Int, _ upstream: Int?, _ downstreams: [Int], _ serving: inout SettingsServing
  ) -> ResolvedNode? {
    let entry = topology.nodes[index]
    guard let node = entry.value, let role = node.role, let ip = node.ip,
      let postgres = topology.postgres,
      let image = (node.image ?? postgres.image)?.value ?? standardImage
    else { return nil }
    let imageRange = (node.image ?? postgres.image)?.range
    let slot = slot(of: entry)
    return ResolvedNode(
      name: entry.name.value, nameRange: entry.name.range, role: role.value,
      ip: ip, ip6: node.ip6, image: image, imageRange: imageRange,
      publish: node.publish, data: node.data, memory: node.memory, cpus: node.cpus,
      upstream: upstream, upstreamRange: node.upstream?.range, downstreams: downstreams,
      slot: upstream == nil ? nil : slot, followerSlot: slot, slotRange: node.slot?.range,
      settings: serving.settings(of: node, image, else: postgres.version.value.major))
  }

  private func slot(of entry: Entry<String, Node>) -> String? {
    guard usesSlots else { return nil }
    return entry.value?.slot?.value
      ?? (try? SlotName(derivedFrom: entry.name.value))?.description
  }

  private func resolvedClient(
    _ entry: Entry<String, Client>, _ database: String, _ users: [ResolvedUser]
  ) -> ResolvedClient? {
    guard let client = entry.value,
      let user = users.first(where: { $0.name == client.user.value })
    else { return nil }
    return ResolvedClient(
      name: entry.name.value, nameRange: entry.name.range, ip: client.ip, ip6: client.ip6,
      user: user, userRange: client.user.range,
      database: client.database?.value ?? database)
  }
}
