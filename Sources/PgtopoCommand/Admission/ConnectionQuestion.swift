import Diagnostics
import IPAddressing
import PostgresConfig
import SourceText
import TopologyModel

/// One connection that the user asks about, and what was made of it.
struct ConnectionQuestion {
  let connection: HBAConnection
  /// The node that is connected to; nil for a plain file.
  let node: ResolvedNode?
  /// Who connects, where that is known: `client "backend"`.
  var sourceName: Diagnostic.Message?
  /// What was assumed, each a fact.
  var notes: [Diagnostic.Message] = []
}

/// What the command line says of a connection.
struct ConnectionDescription {
  var node: String?
  var user: String?
  /// Nil when none was named.
  var target: HBAConnection.Target?
  /// An address, or the name of a node or client; nil for the socket.
  var from: String?
  /// Nil when it is left to the topology.
  var encryption: HBAConnection.Encryption?
  var memberships: Set<String> = []

  /// A question for each address of whoever connects.
  func questions(about book: HBABook) throws(CommandFailure) -> [ConnectionQuestion] {
    let source = try source(book.topology)
    let node = try node(book.topology, from: source.node)
    let user = user ?? source.user
    guard let user else {
      throw CommandFailure("no user is named", hint: "Write \"--user NAME\".")
    }
    guard let target = target ?? source.target else {
      throw CommandFailure(
        "nothing is named to connect to",
        hint: "Write \"--database NAME\" or \"--replication\".")
    }
    let declared = book.topology?.users.first { $0.name == user }
    let encryption =
      encryption ?? (book.topology?.usesTLS == true ? HBAConnection.Encryption.tls : .none)
    let notes = notes(user, target, declared, book) + encryptionNotes(encryption, book)
    let kinds: [HBAConnection.Kind] =
      from == nil
      ? [.local] : source.addresses.map { .tcp(address: $0, encryption) }
    return kinds.filter { $0.reaches(node) || kinds.count == 1 }.map { kind in
      ConnectionQuestion(
        connection: HBAConnection(
          type: kind, target: target, user: user,
          memberships: memberships.union(declared?.memberships ?? [])),
        node: node, sourceName: source.name, notes: notes)
    }
  }

  /// Where a connection comes from, and what it is for if nobody says otherwise.
  private struct Source {
    var addresses: [IPAddress] = []
    var name: Diagnostic.Message?
    var user: String?
    var target: HBAConnection.Target?
    var node: ResolvedNode?
  }

  private func source(_ topology: ResolvedTopology?) throws(CommandFailure) -> Source {
    guard let from else { return Source() }
    if let node = topology?.nodes.first(where: { $0.name == from }) {
      return Source(
        addresses: node.addresses.map(\.value), name: "node \(name: from)",
        user: topology?.replicationUser?.name, target: user == nil ? .physicalReplication : nil,
        node: node)
    }
    if let client = topology?.clients.first(where: { $0.name == from }) {
      return Source(
        addresses: client.addresses.map(\.value), name: "client \(name: from)",
        user: client.user.name, target: .database(client.database))
    }
    guard let address = try? IPAddress(from) else {
      let names = (topology?.nodes.map(\.name) ?? []) + (topology?.clients.map(\.name) ?? [])
      let kinds: Diagnostic.Message =
        topology == nil ? "an IP address" : "an IP address, a node or a client"
      throw CommandFailure(
        "\(name: from) is not \(kinds)",
        hint: NearestName.of(from, among: names).map { "Perhaps you meant \(name: $0)." })
    }
    // A server's IPv6 sockets take IPv6 only (`ListenServerPort` in pqcomm.c).
    if let seen = address.unmapped {
      throw CommandFailure(
        "no connection comes from \(address): a server sees \(seen)",
        hint: "Write \(keyword: "--from \(seen)").")
    }
    return Source(addresses: [address])
  }

  /// The node that is connected to, if there is a topology. Without a name it is the one
  /// that a node would follow, else the primary.
  func node(
    _ topology: ResolvedTopology?, from client: ResolvedNode? = nil
  ) throws(CommandFailure) -> ResolvedNode? {
    guard let topology else { return nil }
    guard let name = node else {
      guard let client else { return topology.primary }
      return topology.upstream(of: client)
        ?? topology.nodes.first { $0.name != client.name } ?? client
    }
    guard let node = topology.nodes.first(where: { $0.name == name }) else {
      let names = topology.nodes.map(\.name)
      throw CommandFailure(
        "node \(name: name) does not exist",
        hint: NearestName.of(name, among: names).map { "Perhaps you meant \(name: $0)." }
          ?? "The nodes are \(names: names).")
    }
    return node
  }

  /// PostgreSQL walks pg_hba.conf before it looks for the role and the database.
  private func notes(
    _ user: String, _ target: HBAConnection.Target, _ declared: ResolvedUser?, _ book: HBABook
  ) -> [Diagnostic.Message] {
    guard let topology = book.topology else { return [] }
    var notes: [Diagnostic.Message] = []
    if declared == nil {
      notes.append(.undeclared("user", user, among: topology.users.map(\.name)))
    }
    if case .database(let name) = target {
      switch topology.databases.first(where: { $0.name == name })?.acceptsConnections {
      case true?: break
      case false?: notes.append("database \(name: name) accepts no connections, from whomever")
      case nil:
        let names = topology.databases.filter(\.acceptsConnections).map(\.name)
        notes.append(.undeclared("database", name, among: names))
      }
    }
    return notes
  }

  private func encryptionNotes(
    _ assumed: HBAConnection.Encryption, _ book: HBABook
  ) -> [Diagnostic.Message] {
    guard from != nil else { return [] }
    if let topology = book.topology {
      if encryption == nil, topology.usesTLS {
        return ["with TLS, since the topology has \"tls\"; --no-tls asks about the other case"]
      }
      return encryption == .tls && !topology.usesTLS
        ? ["the topology has no \"tls\": its nodes encrypt no connection with it"] : []
    }
    let types = Set(book.entries.lazy.map(\.record.connectionType))
    return encryption == nil && !types.isDisjoint(with: [.hostssl, .hostnossl])
      ? ["without TLS, since nothing else was said; --tls asks about the other case"] : []
  }
}

extension HBAConnection.Kind {
  /// Whether a node has an address of the family.
  fileprivate func reaches(_ node: ResolvedNode?) -> Bool {
    guard case .tcp(let client, _) = self, let node else { return true }
    return node.hasAddress(of: client.family)
  }
}

extension Diagnostic.Message {
  fileprivate static func undeclared(
    _ kind: String, _ name: String, among names: [String]
  ) -> Self {
    let nearest: Self =
      NearestName.of(name, among: names).map { "; perhaps you meant \(name: $0)" } ?? ""
    return "the topology declares no \(text: kind) \(name: name)\(nearest)"
  }
}
