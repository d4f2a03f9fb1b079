import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText

/// A topology as a render keeps it beside its files, for the next render to compare with.
///
/// It holds what a server, a volume or Docker remembers of an earlier render and `up` does
/// not change. Settings and HBA records are not included: they are in files of the render
/// and take effect at the next start. It contains no password, and no hash of one.
package struct KeptTopology: Hashable, Sendable {
  package struct User: Hashable, Sendable {
    package let name: String
    package let attributes: [String]
    package let memberOf: [String]
    package let databases: [String]
    package let password: PasswordSource
  }

  /// Where a password comes from, without the password.
  package enum PasswordSource: Hashable, Sendable {
    case environment(String)
    case file(String)
    case literal
  }

  package struct Node: Hashable, Sendable {
    package let name: String
    package let isPrimary: Bool
    package let addresses: [String]
    /// Nil for the primary.
    package let upstream: String?
    /// The same whichever node it follows; nil without slots.
    package let slot: String?
    package let image: String
    /// The host folder with its data; nil for its named volume.
    package let data: String?
  }

  package struct Initdb: Hashable, Sendable {
    package var encoding: String?
    package var locale: String?
    package var dataChecksums: Bool?
  }

  package struct Network: Hashable, Sendable {
    package let name: String
    package let driver: String
    package let isExternal: Bool
    /// Subnets, gateways and range: the properties of a network that are fixed when it is created.
    package let pools: [String]
  }

  package enum Archive: Hashable, Sendable {
    case volume(String)
    case path(String)
  }

  package let name: String
  package let major: Int
  package let database: String
  package let superuser: String
  package let replicationUser: String?
  package let initdb: Initdb
  package let initFolder: String?
  package let network: Network
  package let users: [User]
  package let nodes: [Node]
  package let primaryIndex: Int
  package let archive: Archive?

  package var primary: Node { nodes[primaryIndex] }
  package func node(_ name: String) -> Node? { nodes.first { $0.name == name } }

  /// Every database that exists after the first start.
  package var databases: [Database] {
    [Database](first: database, users: users.map { ($0.name, $0.databases) })
  }
}

extension KeptTopology {
  package init(_ topology: ResolvedTopology) {
    let network = topology.network
    let initdb = topology.initdb
    self.init(
      name: topology.name, major: topology.major.number, database: topology.database,
      superuser: topology.superuser.name, replicationUser: topology.replicationUser?.name,
      initdb: Initdb(
        encoding: initdb.encoding, locale: initdb.locale, dataChecksums: initdb.dataChecksums),
      initFolder: topology.initFolder?.value,
      network: Network(
        name: network.name, driver: network.driver, isExternal: network.isExternal,
        pools: [
          "\(network.subnet.value)", network.gateway.map { "gateway \($0.value)" },
          network.ipRange.map { "range \($0.value)" }, network.subnet6.map { "\($0.value)" },
          network.gateway6.map { "gateway \($0.value)" },
        ].compactMap { $0 }),
      users: topology.users.map(User.init),
      nodes: topology.nodes.map { Node($0, upstream: topology.upstream(of: $0)?.name) },
      primaryIndex: topology.primaryIndex,
      archive: topology.archive.map { Archive($0.place) })
  }
}

extension KeptTopology.User {
  fileprivate init(_ user: ResolvedUser) {
    let source: KeptTopology.PasswordSource =
      switch user.password.value {
      case .environment(let variable): .environment(variable)
      case .file(let path): .file(path)
      case .literal: .literal
      }
    self.init(
      name: user.name, attributes: user.attributes.map(\.rawValue), memberOf: user.memberOf,
      databases: user.databases, password: source)
  }
}

extension KeptTopology.Node {
  fileprivate init(_ node: ResolvedNode, upstream: String?) {
    self.init(
      name: node.name, isPrimary: node.role == .primary,
      addresses: node.addresses.map { "\($0.value)" }, upstream: upstream,
      slot: node.followerSlot, image: "\(node.image)", data: node.data?.value)
  }
}

extension KeptTopology.Archive {
  fileprivate init(_ place: Archive.Place) {
    switch place {
    case .volume(let name): self = .volume(name)
    case .path(let path): self = .path(path.value)
    }
  }
}
