import Diagnostics
import IPAddressing
package import PostgreSQL
import SourceText
package import TopologyModel

/// What the user says about a connection. The topology, if there is one, supplies the rest.
package struct ConnectionDescription: Sendable {
  /// The name of the node that is connected to.
  package var node: String?
  /// The role that logs in.
  package var user: String?
  /// Nil if none was named.
  package var target: HBAConnection.Target?
  /// An address, or the name of a node or client; nil for the socket.
  package var from: String?
  /// Nil if the topology decides.
  package var encryption: HBAConnection.Encryption?
  /// Roles in addition to the memberships that the topology declares.
  package var memberships: Set<String>

  package init(
    node: String? = nil, user: String? = nil, target: HBAConnection.Target? = nil,
    from: String? = nil, encryption: HBAConnection.Encryption? = nil,
    memberships: Set<String> = []
  ) {
    (self.node, self.user, self.target, self.from) = (node, user, target, from)
    (self.encryption, self.memberships) = (encryption, memberships)
  }

  /// A question for each address of the node or client that connects.
  package func questions(
    about walk: RecordWalk
  ) throws(QuestionError) -> [ConnectionQuestion] {
    let source = try source(walk.topology)
    let node = try node(in: walk.topology, from: source.node)
    guard let user = user ?? source.user else { throw .noUser }
    guard let target = target ?? source.target else { throw .noTarget }
    let declared = walk.topology?.users.first { $0.name == user }
    let encryption =
      encryption ?? (walk.topology?.usesTLS == true ? HBAConnection.Encryption.tls : .none)
    let notes = notes(user, target, declared, walk.topology) + encryptionNotes(walk)
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

  /// The node that is connected to, if there is a topology. Without a name it is the upstream
  /// of the node that connects, or else the primary.
  ///
  /// - Parameter client: The node that connects, if it is one.
  package func node(
    in topology: ResolvedTopology?, from client: ResolvedNode? = nil
  ) throws(QuestionError) -> ResolvedNode? {
    guard let topology else { return nil }
    guard let name = node else {
      guard let client else { return topology.primary }
      return topology.upstream(of: client)
        ?? topology.nodes.first { $0.name != client.name } ?? client
    }
    guard let node = topology.nodes.first(where: { $0.name == name }) else {
      throw .unknownNode(name, among: topology.nodes.map(\.name))
    }
    return node
  }

  /// Where a connection comes from, and its target if none is named.
  private struct Source {
    var addresses: [IPAddress] = []
    var name: Diagnostic.Message?
    var user: String?
    var target: HBAConnection.Target?
    var node: ResolvedNode?
  }

  private func source(_ topology: ResolvedTopology?) throws(QuestionError) -> Source {
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
      throw .unknownSource(
        from, among: topology.map { $0.nodes.map(\.name) + $0.clients.map(\.name) })
    }
    // A server's IPv6 sockets take IPv6 only (`ListenServerPort` in pqcomm.c).
    if let seen = address.unmapped { throw .mappedAddress(address, seen: seen) }
    return Source(addresses: [address])
  }

  /// PostgreSQL walks pg_hba.conf before it looks for the role and the database.
  private func notes(
    _ user: String, _ target: HBAConnection.Target, _ declared: ResolvedUser?,
    _ topology: ResolvedTopology?
  ) -> [ConnectionQuestion.Note] {
    guard let topology else { return [] }
    var notes: [ConnectionQuestion.Note] = []
    if declared == nil { notes.append(.undeclaredUser(user, among: topology.users.map(\.name))) }
    if case .database(let name) = target {
      switch topology.databases.first(where: { $0.name == name })?.acceptsConnections {
      case true?: break
      case false?: notes.append(.databaseWithoutConnections(name))
      case nil:
        let names = topology.databases.filter(\.acceptsConnections).map(\.name)
        notes.append(.undeclaredDatabase(name, among: names))
      }
    }
    return notes
  }

  private func encryptionNotes(_ walk: RecordWalk) -> [ConnectionQuestion.Note] {
    guard from != nil else { return [] }
    if let topology = walk.topology {
      if encryption == nil, topology.usesTLS { return [.assumesTLS] }
      return encryption == .tls && !topology.usesTLS ? [.noTLS] : []
    }
    let types = Set(walk.records.lazy.map(\.connectionType))
    return encryption == nil && !types.isDisjoint(with: [.hostssl, .hostnossl])
      ? [.assumesNoTLS] : []
  }
}

extension HBAConnection.Kind {
  /// Whether a node has an address of the family.
  fileprivate func reaches(_ node: ResolvedNode?) -> Bool {
    guard case .tcp(let client, _) = self, let node else { return true }
    return node.hasAddress(of: client.family)
  }
}
