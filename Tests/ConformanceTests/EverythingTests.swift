import Diagnostics
import IPAddressing
import PostgreSQL
import SchemaCoding
import SourceText
import Testing
import TopologyModel
import TopologyRender

/// Every key of the format, decoded from the example that documents them all.
@Suite struct EverythingTests {
  private let topology: ResolvedTopology

  init() throws {
    var diagnostics: [Diagnostic] = []
    let file = try Corpus.source("valid/everything")
    topology = try #require(
      ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics))
  }

  @Test func decodesProjectAndServer() {
    #expect(topology.name == "fastapi" && topology.output == "deploy/db")
    #expect(topology.version.value.description == "17" && topology.major == 17)
    #expect(topology.image?.value.description == "postgres:17-bookworm")
    #expect(topology.database == "app" && topology.port == 5432)
    #expect(topology.initdb.encoding == "UTF8" && topology.initdb.locale == "C.UTF-8")
    #expect(topology.initdb.dataChecksums == true && topology.initFolder?.value == "./init")
  }

  @Test func decodesTheNetwork() {
    let network = topology.network
    #expect(network.name == "my_network" && network.driver == "bridge" && !network.isExternal)
    #expect(network.subnet.value.description == "172.22.0.0/24")
    #expect(network.gateway?.value.description == "172.22.0.1")
    #expect(network.ipRange?.value.description == "172.22.0.128/25")
    #expect(network.subnet6?.value.description == "fd00:22::/64")
    #expect(network.gateway6?.value.description == "fd00:22::1")
  }

  @Test func decodesUsers() {
    #expect(topology.users.map(\.name) == ["postgresql_user", "repuser", "app"])
    #expect(topology.users.map(\.attributes) == [[.superuser], [.replication], []])
    #expect(
      topology.users.map(\.password.value) == [
        .environment("POSTGRES_PASSWORD"), .file("secrets/repuser"), .literal("not-a-good-idea"),
      ])
    #expect(topology.users[2].memberOf == ["pg_read_all_data", "pg_write_all_data"])
    #expect(topology.users[2].databases == ["app"])
    #expect(topology.superuser.name == "postgresql_user")
    #expect(topology.replicationUser?.name == "repuser")
  }

  @Test func decodesReplication() throws {
    let synchronous = try #require(topology.synchronous)
    #expect(topology.usesSlots && synchronous.written.map(\.value) == ["replica"])
    #expect(topology.synchronous?.text == "ANY 1 (replica)" && topology.recopy == .automatic)
  }

  @Test func decodesNodes() throws {
    try #require(topology.nodes.map(\.name) == ["primary", "replica"])
    let (primary, replica) = (topology.nodes[0], topology.nodes[1])
    #expect(primary.role == .primary && replica.role == .replica && replica.upstream == 0)
    #expect(primary.addresses.map(\.value.description) == ["172.22.0.100", "fd00:22::100"])
    #expect(replica.addresses.map(\.value.description) == ["172.22.0.101"])
    let published = primary.publish?.value
    #expect(published?.address.description == "127.0.0.1" && published?.port == 5433)
    #expect(primary.settings["shared_buffers"].text == "256MB")
    #expect(replica.slot == "replica_1" && primary.slot == nil)
    #expect(replica.image.description == "postgres:17-bookworm" && replica.imageRange != nil)
    #expect(replica.data?.value == "./data/replica")
    #expect(replica.memory == "1GB" && replica.cpus == "2")
  }

  @Test func decodesHealthCheckClientsAndSettings() throws {
    let check = topology.healthcheck
    #expect((check.interval, check.timeout, check.startPeriod) == ("2s", "3s", "0s"))
    #expect(check.retries == 5)
    let client = try #require(topology.clients.first)
    #expect(client.name == "backend" && client.ip.value.description == "172.22.0.200")
    #expect(client.user.name == "app" && client.database == "app")
    for node in topology.nodes {
      #expect(node.settings["archive_mode"].text == "on")
      #expect(node.settings["archive_command"].text == "/bin/date")
      #expect(node.settings["wal_keep_size"].text == "16")
    }
  }

  @Test func decodesRecords() {
    let own = topology.hba.filter { $0.declaredRange != nil }.map(\.record.fields)
    #expect(
      own == [
        ["host", "replication", "repuser", "172.22.0.101/32", "md5"],
        ["hostssl", "all", "all", "10.0.0.0/8", "scram-sha-256 clientcert=verify-full"],
      ])
    #expect(topology.declaredRecords.count == 2 && topology.hba.count > 2)
  }

  @Test func decodesArchiveTLSAndAllowances() throws {
    #expect(topology.archive?.keep?.value.minutes == 7 * 24 * 60)
    guard case .volume("wal-archive") = topology.archive?.place else {
      Issue.record("the archive is a volume")
      return
    }
    let tls = try #require(topology.tls)
    #expect(tls.certificate.value == "certs/server.crt" && tls.key.value == "certs/server.key")
    #expect(tls.ca?.value == "certs/ca.crt" && topology.usesTLS)
    let allowance = try #require(topology.allowances.first)
    #expect(allowance.rule.value == "md5-authentication" && allowance.line == nil)
  }
}
