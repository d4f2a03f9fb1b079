import Diagnostics
import SourceText
import Testing
import TopologyModel
import TopologyRender

/// Base topologies for tests, and functions to read them.
enum Sample {
  static let minimal = """
    version: 1
    name: shop
    postgres: {version: 17}
    network: {subnet: 172.22.0.0/24}
    users:
      admin: {attributes: [superuser], password: {env: ADMIN_PASSWORD}}
      repuser: {attributes: [replication], password: {file: secrets/repuser}}
    nodes:
      primary: {role: primary, ip: 172.22.0.100}
      replica: {role: replica, ip: 172.22.0.101}

    """

  /// Two more replicas behind the first.
  static let cascade =
    minimal + """
        far: {role: replica, ip: 172.22.0.102, upstream: replica}
        farther: {role: replica, ip: 172.22.0.103, upstream: far, slot: the_last}

      """

  static let everythingElse = """
    replication: {user: repuser, slots: true, synchronous: {method: any, count: 1}}
    clients: {backend: {ip: 172.22.0.200, user: admin, database: shop}}
    settings: {wal_keep_size: 16, archive_mode: on}
    hba:
      records:
        - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: md5}
    archive: {volume: wal}
    tls: {certificate: a.crt, key: a.key}
    lint: {allow: {md5-authentication: an old tool}}

    """

  /// Reads a topology that must be valid.
  static func topology(
    _ text: String, _ location: Testing.SourceLocation = #_sourceLocation
  ) throws -> ResolvedTopology {
    var diagnostics: [Diagnostic] = []
    let topology = ResolvedTopology.read(
      SourceFile(path: "t.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [], sourceLocation: location)
    return try #require(topology, sourceLocation: location)
  }

  /// The diagnostics of a topology.
  static func diagnostics(_ text: String) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    _ = ResolvedTopology.read(
      SourceFile(path: "t.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    return diagnostics
  }
}
