import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

/// The users and addresses of a matrix: those that the topology declares, and one for each
/// kind of others that the records distinguish.
struct MatrixSubjects {
  struct Source {
    let name: String
    let kind: HBAConnection.Kind
    /// The addresses of the server that is connected to.
    let server: ServerAddresses?
    /// What the node or client needs to connect to.
    var need: (user: String, target: HBAConnection.Target)?
  }

  struct Person {
    let name: String
    let user: String
    var memberships: Set<String> = []
  }

  enum Goal: Hashable {
    case database(String)
    case sameuser, samerole
    case otherDatabase
    case replication
  }

  let sources: [Source]
  let people: [Person]
  let goals: [Goal]

  init(_ walk: RecordWalk, _ node: ResolvedNode?) {
    people = Self.people(walk)
    goals = Self.goals(walk)
    sources = Self.sources(walk, node)
  }

  private static func people(_ walk: RecordWalk) -> [Person] {
    let declared = walk.topology?.users ?? []
    var people = declared.map {
      Person(name: $0.name, user: $0.name, memberships: $0.memberships)
    }
    var seen = Set(people.map(\.name))
    for token in walk.records.lazy.flatMap(\.users) {
      switch token {
      case .name(let name) where seen.insert(name).inserted:
        people.append(Person(name: name, user: name))
      case .group(let role) where !declared.contains { $0.name == role }:
        guard seen.insert("+\(role)").inserted else { continue }
        people.append(
          Person(name: "+\(role)", user: "member of \(role)", memberships: [role]))
      default: break
      }
    }
    return people + [Person(name: "anyone else", user: "anyone else")]
  }

  private static func goals(_ walk: RecordWalk) -> [Goal] {
    // A row for any other database covers the templates, too.
    var names = walk.topology?.databases.filter { !$0.isTemplate }.map(\.name) ?? []
    var seen = Set(names)
    var words: Set<HBAToken.Keyword> = []
    for token in walk.records.lazy.flatMap(\.databases) {
      switch token {
      case .name(let name) where seen.insert(name).inserted: names.append(name)
      case .keyword(let keyword): words.insert(keyword)
      default: break
      }
    }
    return names.map(Goal.database) + (words.contains(.sameuser) ? [.sameuser] : [])
      + (words.isDisjoint(with: [.samerole, .samegroup]) ? [] : [.samerole])
      + [.otherDatabase, .replication]
  }

  private static func sources(_ walk: RecordWalk, _ node: ResolvedNode?) -> [Source] {
    let server = walk.serverAddresses(of: node)
    let encryptions = encryptions(walk)
    let named = walk.topology.map { namedSources($0, node, walk, encryptions) } ?? []
    let points = AddressPoints(of: blocks(walk, server), except: Set(named.compactMap(\.address)))
    let others = points.points.flatMap { point in
      encryptions.map {
        Source(name: point.name, kind: .tcp(address: point.address, $0), server: server)
      }
    }
    return [Source(name: "the socket", kind: .local, server: server)] + named + others
  }

  /// Nodes and clients, at the addresses from which they can reach the node.
  private static func namedSources(
    _ topology: ResolvedTopology, _ node: ResolvedNode?, _ walk: RecordWalk,
    _ encryptions: [HBAConnection.Encryption]
  ) -> [Source] {
    func sources(
      _ name: String, _ addresses: [IPAddress], _ server: ResolvedNode?,
      _ need: (user: String, target: HBAConnection.Target)?
    ) -> [Source] {
      addresses.filter { address in
        server?.hasAddress(of: address.family) ?? true
      }.flatMap { address in
        encryptions.enumerated().map { index, encryption in
          Source(
            name: "\(name) (\(address))", kind: .tcp(address: address, encryption),
            server: walk.serverAddresses(of: server), need: index == 0 ? need : nil)
        }
      }
    }
    let replication = topology.replicationUser.map {
      (user: $0.name, target: HBAConnection.Target.physicalReplication)
    }
    return topology.nodes.flatMap { client in
      // A node does not follow itself: it needs access to the others.
      let server =
        client.name == node?.name ? topology.nodes.first { $0.name != client.name } : node
      return sources(
        client.name, client.addresses.map(\.value), server ?? node,
        topology.nodes.count > 1 ? replication : nil)
    }
      + topology.clients.flatMap { client in
        sources(
          client.name, client.addresses.map(\.value), node,
          (user: client.user.name, target: .database(client.database)))
      }
  }

  /// The connections of the topology's own nodes and clients come first.
  private static func encryptions(_ walk: RecordWalk) -> [HBAConnection.Encryption] {
    let types = Set(walk.records.lazy.map(\.connectionType))
    let hasGSS = !types.isDisjoint(with: [.hostgssenc, .hostnogssenc])
    let hasTLS =
      walk.topology?.usesTLS ?? !types.isDisjoint(with: [.hostssl, .hostnossl])
    return (hasTLS ? [.tls] : []) + [.none] + (hasGSS ? [.gss] : [])
  }

  private static func blocks(_ walk: RecordWalk, _ server: ServerAddresses?) -> [CIDRBlock] {
    let subnets = [walk.topology?.network.subnet, walk.topology?.network.subnet6]
    let asksTheServer = walk.records.contains { [.samehost, .samenet].contains($0.address) }
    return subnets.compactMap { $0?.value } + (asksTheServer ? server?.blocks ?? [] : [])
      + walk.records.compactMap { record in
        switch record.address {
        case .block(let block): block
        // A mask with gaps is no block; one address that matches it represents it.
        case .masked(let base, let mask):
          CIDRBlock(only: IPAddress(family: base.family, bits: base.bits & mask.bits))
        default: nil
        }
      }
  }
}

extension MatrixSubjects.Source {
  fileprivate var address: IPAddress? {
    if case .tcp(let address, _) = kind { address } else { nil }
  }
}

extension MatrixSubjects.Goal {
  var name: String {
    switch self {
    case .database(let name): name
    case .sameuser: "sameuser"
    case .samerole: "samerole"
    case .otherDatabase: "any other"
    case .replication: "replication"
    }
  }

  /// Every role is a member of itself.
  func target(_ person: MatrixSubjects.Person) -> HBAConnection.Target {
    switch self {
    case .database(let name): .database(name)
    case .sameuser: .database(person.user)
    case .samerole:
      .database(person.memberships.subtracting([person.user]).min() ?? person.user)
    case .otherDatabase: .database("any other")
    case .replication: .physicalReplication
    }
  }
}
