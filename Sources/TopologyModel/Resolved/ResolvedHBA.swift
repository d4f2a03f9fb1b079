import Diagnostics
package import IPAddressing
package import PostgreSQL
package import SourceText

/// A record in every node's pg_hba.conf, and its origin.
package struct ResolvedHBARecord: Sendable {
  package enum Origin: Sendable {
    case declared(SourceRange)
    /// Follows from the rest of the topology; the reason is a phrase for a comment.
    case derived(String)
  }

  package let record: HBARecord
  package let origin: Origin

  /// Where the record is written, if it is.
  package var declaredRange: SourceRange? {
    if case .declared(let range) = origin { range } else { nil }
  }
}

/// Derives the records that nodes and clients need in addition to the author's.
///
/// Every node gets the same records, so that a promoted replica lets the others in.
struct HBADerivation {
  private let topology: Topology
  private let nodes: [ResolvedNode]
  private let clients: [ResolvedClient]
  private let network: ResolvedNetwork
  private let database: String
  private let superuser: ResolvedUser
  private let replicationUser: ResolvedUser

  init(
    _ topology: Topology, _ nodes: [ResolvedNode], _ clients: [ResolvedClient],
    _ network: ResolvedNetwork, database: String, superuser: ResolvedUser,
    replicationUser: ResolvedUser
  ) {
    (self.topology, self.nodes, self.clients) = (topology, nodes, clients)
    (self.network, self.database) = (network, database)
    (self.superuser, self.replicationUser) = (superuser, replicationUser)
  }

  func records() -> [ResolvedHBARecord] {
    let declared = (topology.hba?.records ?? []).map {
      ResolvedHBARecord(record: $0.value.record, origin: .declared($0.range))
    }
    guard topology.hba?.derive ?? true else { return declared }
    let own = HBARecords(declared.map(\.record))
    let needsSocket = !declared.contains { $0.record.connectionType == .local }
    return declared
      + ((needsSocket ? [localRecord] : []) + loopbackRecord(own) + nodeRecords(own)
      + clientRecords(own)).map {
        record, reason in
        ResolvedHBARecord(record: record, origin: .derived(reason))
      }
  }

  private typealias Reasoned = (HBARecord, String)

  /// As in the official image: its own scripts and people inside a container use the
  /// socket, and anybody inside can read the data files anyway.
  private var localRecord: Reasoned {
    let record = HBARecord(
      connectionType: .local, databases: [.keyword(.all)], users: [.keyword(.all)], address: nil,
      method: .trust, options: [])
    return (record, "inside the container")
  }

  /// The health check connects over TCP, since the socket answers during initialisation,
  /// too. It gives no password, but without a record the server would log each attempt.
  private func loopbackRecord(_ own: HBARecords) -> [Reasoned] {
    guard let loopback = try? CIDRBlock("127.0.0.1/32") else { return [] }
    let connection = HBAConnection(
      type: .tcp(address: loopback.address, tls: usesTLS), target: .database(database),
      user: superuser.name, memberships: superuser.memberships)
    guard !isDecided(connection, own) else { return [] }
    let record = HBARecord(
      connectionType: .host, databases: [.keyword(.all)], users: [.keyword(.all)],
      address: .block(loopback), method: .scramSHA256, options: [])
    return [(record, "the health check, inside the container")]
  }

  /// The reasons name no roles, since roles change and the file stays the same.
  private func nodeRecords(_ own: HBARecords) -> [Reasoned] {
    guard nodes.count > 1 else { return [] }
    return nodes.flatMap { node in
      node.addresses.flatMap { address in
        let (from, user) = (address.value, replicationUser)
        return [
          nodeRecord(
            .replication(from: from, tls: usesTLS, user: user), .keyword(.replication), from, own,
            "node \"\(node.name)\", when it follows another node"),
          nodeRecord(
            .rejoin(from: from, tls: usesTLS, user: user), .name(HBAConnection.rejoinDatabase),
            from, own,
            "node \"\(node.name)\", to rejoin and to ask about its slot"),
        ].compactMap { $0 }
      }
    }
  }

  private func nodeRecord(
    _ connection: HBAConnection, _ database: HBAToken, _ address: IPAddress, _ own: HBARecords,
    _ reason: String
  ) -> Reasoned? {
    guard !isDecided(connection, own) else { return nil }
    return (networkRecord(database, replicationUser.name, address), reason)
  }

  private func clientRecords(_ own: HBARecords) -> [Reasoned] {
    clients.flatMap { client in
      client.addresses.compactMap { address -> Reasoned? in
        let connection = HBAConnection.client(
          from: address.value, tls: usesTLS, client: client)
        guard !isDecided(connection, own) else { return nil }
        return (
          networkRecord(.name(client.database), client.user.name, address.value),
          "client \"\(client.name)\""
        )
      }
    }
  }

  private var usesTLS: Bool { topology.tls != nil }

  /// Whether the author's records let the connection in or turn it away: either way, the
  /// server would never reach a record after them.
  private func isDecided(_ connection: HBAConnection, _ own: HBARecords) -> Bool {
    own.count > 0
      && own.first(for: connection, at: serverAddresses(for: connection))?.match == .yes
  }

  /// The addresses of a node other than the one that connects. All nodes are in the same networks.
  private func serverAddresses(for connection: HBAConnection) -> ServerAddresses? {
    guard case .tcp(let client, _) = connection.type else { return nil }
    let server = nodes.first { node in node.addresses.allSatisfy { $0.value != client } }
    return server.map(network.serverAddresses)
  }

  private func networkRecord(_ database: HBAToken, _ user: String, _ address: IPAddress)
    -> HBARecord
  {
    HBARecord(
      connectionType: usesTLS ? .hostssl : .host, databases: [database], users: [.name(user)],
      address: .block(CIDRBlock(only: address)), method: .scramSHA256, options: [])
  }
}

extension HBAConnection {
  /// A replica's connection to its upstream.
  package static func replication(
    from address: IPAddress, tls: Bool, user: ResolvedUser
  ) -> HBAConnection {
    HBAConnection(
      type: .tcp(address: address, tls: tls), target: .physicalReplication, user: user.name,
      memberships: user.memberships)
  }

  /// The database in which pg_rewind reads a node's files and a replica asks about its
  /// slot: every server has it.
  package static let rejoinDatabase = "postgres"

  /// A node's connection to the node that it is to follow, in addition to the one for replication.
  package static func rejoin(
    from address: IPAddress, tls: Bool, user: ResolvedUser
  ) -> HBAConnection {
    HBAConnection(
      type: .tcp(address: address, tls: tls), target: .database(rejoinDatabase), user: user.name,
      memberships: user.memberships)
  }

  /// A client's connection to a node.
  package static func client(
    from address: IPAddress, tls: Bool, client: ResolvedClient
  ) -> HBAConnection {
    HBAConnection(
      type: .tcp(address: address, tls: tls), target: .database(client.database),
      user: client.user.name, memberships: client.user.memberships)
  }
}
