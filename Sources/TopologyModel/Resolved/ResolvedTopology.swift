package import Diagnostics
package import IPAddressing
package import PostgresConfig
import SchemaCoding
package import YAMLSyntax

/// A topology as it is meant: names looked up, defaults filled in, consequences drawn.
///
/// Rules and renderers read only this type, so that what is checked is what is
/// rendered. Renderers read plain values; rules follow `declaration` and the ranges
/// back to the text.
package struct ResolvedTopology: Sendable {
  package let declaration: Topology
  /// The whole file, for what concerns no place in particular.
  package let file: SourceFile.ID
  package let name: String
  package let major: PostgresMajor
  /// The one that is created first; clients connect to it unless they say otherwise.
  package let database: String
  /// Every database that there is after the first start.
  package let databases: [Database]
  package let port: Int
  package let network: ResolvedNetwork
  package let users: [ResolvedUser]
  /// The role that the image creates and that owns everything else: the first superuser.
  package let superuser: ResolvedUser
  /// Whom replicas connect as, or nil when nobody is allowed to.
  package let replicationUser: ResolvedUser?
  package let usesSlots: Bool
  package let recopy: Recopy
  package let healthcheck: HealthCheck
  /// In the order of the file.
  package let nodes: [ResolvedNode]
  package let primaryIndex: Int
  package let clients: [ResolvedClient]
  /// The records of every node's pg_hba.conf, the author's first.
  package let hba: [EffectiveHBARecord]
  package let synchronous: EffectiveSynchronous?
  /// What is known of the files it names; nothing, unless whoever read it looked.
  package var files = FileFacts()
  /// The text that it was read from, for edits.
  package let document: YAMLDocument
  /// The comments that speak to pgtopo.
  package let comments: [AllowanceComment]

  package var primary: ResolvedNode { nodes[primaryIndex] }
  package var replicas: [ResolvedNode] { nodes.filter { $0.role == .replica } }
  /// Whether connections are encrypted.
  package var usesTLS: Bool { declaration.tls != nil }
  package func upstream(of node: ResolvedNode) -> ResolvedNode? { node.upstream.map { nodes[$0] } }
  package func downstreams(of node: ResolvedNode) -> [ResolvedNode] {
    node.downstreams.map { nodes[$0] }
  }
}

package struct ResolvedNetwork: Sendable {
  package let name: String
  package let driver: String
  package let subnet: Located<CIDRBlock>
  package let gateway: Located<IPAddress>?
  package let ipRange: Located<CIDRBlock>?
  package let subnet6: Located<CIDRBlock>?
  package let gateway6: Located<IPAddress>?
  package let isExternal: Bool

  /// What `samehost` and `samenet` are about on a node.
  package func serverAddresses(of node: ResolvedNode) -> ServerAddresses {
    let subnets = [subnet] + (subnet6.map { [$0] } ?? [])
    return ServerAddresses(
      node.addresses.compactMap { address in
        let subnet = subnets.first { $0.value.family == address.value.family }
        return subnet.flatMap { CIDRBlock(address.value, prefixLength: $0.value.prefixLength) }
      })
  }
}

package struct ResolvedUser: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let attributes: [RoleAttribute]
  package let password: Located<Password>
  package let memberOf: [String]
  package let databases: [String]
  /// Every role it is a member of, through others too, itself included.
  package let memberships: Set<String>

  package var canReplicate: Bool {
    attributes.contains(.replication) || attributes.contains(.superuser)
  }
}

package struct ResolvedNode: Sendable {
  package let declaration: Node
  package let name: String
  package let nameRange: SourceRange
  package let role: Node.Role
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let image: PostgresImage
  /// Where the image is written: at the node, at `postgres`, or nowhere.
  package let imageRange: SourceRange?
  /// The index of the node it receives WAL from; nil for the primary.
  package let upstream: Int?
  /// The indices of the replicas that receive WAL directly from it.
  package let downstreams: [Int]
  /// Its replication slot on the upstream; nil for the primary and without slots.
  package let slot: String?
  /// Its replication slot on whichever node it follows, the primary's for when it follows
  /// another; nil without slots.
  package let followerSlot: String?
  /// In the order of the file, the author's first, then the derived ones.
  package let settings: [EffectiveSetting]

  package var addresses: [Located<IPAddress>] { [ip] + (ip6.map { [$0] } ?? []) }

  package func setting(_ name: String) -> EffectiveSetting? {
    settings.first { $0.name == name }
  }
}

package struct ResolvedClient: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let user: ResolvedUser
  /// Where the client names its user.
  package let userRange: SourceRange
  package let database: String

  package var addresses: [Located<IPAddress>] { [ip] + (ip6.map { [$0] } ?? []) }
}

extension ResolvedTopology {
  /// Reads, decodes and resolves a file, reporting every mistake on the way.
  package static func read(
    _ file: SourceFile, _ diagnostics: inout [Diagnostic]
  ) -> ResolvedTopology? {
    guard let document = YAMLDocument.parse(file, &diagnostics) else { return nil }
    let start = SourceRange(0..<0, in: file.id)
    guard let root = document.root else {
      diagnostics.append(.emptyFile(at: start))
      return nil
    }
    var decoding = Decoding(owner: root.firstKeyRange ?? start)
    let topology = Schema.topology.decode(root, &decoding)
    diagnostics += decoding.diagnostics
    guard let topology else { return nil }
    return Resolver(topology, document).resolve(&diagnostics)
  }
}

extension YAMLNode {
  /// Where a key missing from the whole file is reported.
  fileprivate var firstKeyRange: SourceRange? {
    var entries = entries
    return entries.next()?.key.range
  }
}

extension Diagnostic {
  fileprivate static func emptyFile(at range: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "the file holds no topology", at: range,
      hint:
        "Begin with the keys \"version\", \"name\", \"postgres\", \"network\", \"users\" and \"nodes\"."
    )
  }
}
