package import Diagnostics
package import IPAddressing
package import PostgreSQL
import SchemaCoding
package import SourceText
package import YAMLSyntax

/// A topology as it is meant: references resolved, defaults filled in, derived values computed.
///
/// Rules and renderers read only this type, so that what is checked is what is rendered.
/// Each value that a rule may have to point at comes with its place in the text.
package struct ResolvedTopology: Sendable {
  package let target: Target
  /// The file, for findings that are not about one place.
  package let file: SourceFile.ID
  package let name: String
  /// The folder to render into, relative to the file's own.
  package let output: String
  package let version: Located<PostgresVersion>
  /// What is written for all nodes; each node has the image that it runs.
  package let image: Located<PostgresImage>?
  package let initdb: Initdb
  /// A folder of scripts that run once, at the first start, and may create anything there.
  package let initFolder: Located<String>?
  /// The database that is created first; clients connect to it unless they name another one.
  package let database: String
  /// Every database that exists after the first start.
  package let databases: [Database]
  package let port: Int
  package let network: ResolvedNetwork
  package let users: [ResolvedUser]
  /// The role that the image creates, and the owner of everything else: the first superuser.
  package let superuser: ResolvedUser
  /// The role that replicas connect as, or nil if none is allowed to.
  package let replicationUser: ResolvedUser?
  /// Where `replication.user` names that user; nil if it is the only candidate.
  package let replicationUserRange: SourceRange?
  package let usesSlots: Bool
  package let recopy: Recopy
  package let healthcheck: HealthCheck
  /// In the order of the file.
  package let nodes: [ResolvedNode]
  /// The settings of the nodes, once if several nodes have the same.
  package let servers: [ServedSettings]
  /// The author's settings that take effect on some node, each with a server that has it;
  /// only once if it means the same to all of them.
  package let declaredSettings: [ServedSettings.Declared]
  package let primaryIndex: Int
  package let clients: [ResolvedClient]
  /// The author's HBA records, in the order of the file.
  package let declaredRecords: [Located<DeclaredHBARecord>]
  /// The records of every node's pg_hba.conf, the author's first.
  package let hba: [ResolvedHBARecord]
  /// The same, to be asked about connections; its numbers are those of `hba`.
  package let hbaRecords: HBARecords
  package let synchronous: ResolvedSynchronous?
  package let archive: Archive?
  /// Nil if connections are not encrypted.
  package let tls: TLS?
  /// Facts about the files it names; empty unless a command has looked at them.
  package var files = FileFacts()
  /// The text that it was read from, for edits.
  package let document: YAMLDocument
  /// The allowances in `lint.allow`.
  let allowed: [Entry<String, String>]
  /// The comments addressed to pgtopo.
  package let comments: [AllowanceComment]

  package var primary: ResolvedNode { nodes[primaryIndex] }
  package var replicas: [ResolvedNode] { nodes.filter { $0.role == .replica } }
  package var major: PostgresMajor { version.value.major }
  /// Whether connections are encrypted.
  package var usesTLS: Bool { tls != nil }
  /// Whether scripts of the author's may create users, databases and files of their own.
  package var hasInitScripts: Bool { initFolder != nil }
  /// The images that are written, for all nodes or for one.
  package var declaredImages: [Located<PostgresImage>] {
    [image].compactMap { $0 }
      + nodes.compactMap { node in
        guard let range = node.imageRange, range != image?.range else { return nil }
        return Located(node.image, at: range)
      }
  }
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

  /// The addresses that `samehost` and `samenet` refer to on a node.
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
  /// Every role it is a member of, directly or indirectly, including itself.
  package let memberships: Set<String>

  package var canReplicate: Bool {
    attributes.contains(.replication) || attributes.contains(.superuser)
  }
}

extension ResolvedTopology {
  /// Reads, decodes and resolves a file, and reports every mistake on the way.
  package static func read(
    _ file: SourceFile, for target: Target, _ diagnostics: inout [Diagnostic]
  ) -> ResolvedTopology? {
    guard let document = YAMLDocument.parse(file, &diagnostics) else { return nil }
    let start = SourceRange(0..<0, in: file.id)
    guard let root = document.root else {
      diagnostics.append(.emptyFile(at: start))
      return nil
    }
    var decoding = Decoding(owner: root.firstKeyRange ?? start)
    let topology = Schema.topology(for: target).decode(root, &decoding)
    diagnostics += decoding.diagnostics
    guard let topology else { return nil }
    return Resolver(topology, document, for: target).resolve(&diagnostics)
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
