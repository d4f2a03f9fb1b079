import Diagnostics
import PostgreSQL
import SourceText
import Testing
import TopologyModel
import TopologyRender

@testable import Admission

extension HBAFileRules {
  /// What a server makes of a text as its pg_hba.conf.
  init(of text: String) {
    self.init(
      reading: "pg_hba.conf", major: .newestReleased,
      server: HBAServer(tlsEnabled: true, oauthValidators: nil),
      files: IncludedFiles(read: { _ in Array(text.utf8) }, list: { _ in [] }))
  }
}

extension RecordWalk {
  /// The records of a plain file.
  init(_ text: String) { self.init(HBAFileRules(of: text).records.map(\.record)) }

  /// The records of a topology with three nodes, a client and what is added to them.
  init(topologyWith more: String) throws {
    let text = Self.base + more
    var diagnostics: [Diagnostic] = []
    let read = ResolvedTopology.read(
      SourceFile(path: "topology.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    self.init(try #require(read, "\(diagnostics)"))
  }

  static let base = """
    version: 1
    name: demo
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64"}
    users:
      admin: {attributes: [superuser], password: {env: A}}
      repuser: {attributes: [replication], password: {env: B}}
      team: {password: {env: C}}
      app: {password: {env: D}, databases: [demo], member_of: [team]}
    nodes:
      primary: {role: primary, ip: 172.22.0.100, ip6: "fd00:22::100"}
      replica: {role: replica, ip: 172.22.0.101, ip6: "fd00:22::101"}
      leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
    clients:
      backend: {ip: 172.22.0.200, ip6: "fd00:22::200", user: app}

    """
}
