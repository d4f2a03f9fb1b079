import Diagnostics
import PostgreSQL
import SchemaCoding
import SourceText
import Testing
import TopologyModel

@Suite struct ResolutionTests {
  @Test func fillsInEveryDefault() throws {
    let topology = try Sample.topology(Sample.minimal)
    #expect(topology.name == "shop" && topology.database == "shop" && topology.port == 5432)
    #expect(topology.network.name == "shop" && topology.network.driver == "bridge")
    #expect(!topology.network.isExternal && topology.network.gateway == nil)
    #expect(topology.usesSlots && !topology.usesTLS && topology.recopy == .manual)
    #expect(topology.replicationUser?.name == "repuser" && topology.superuser.name == "admin")
    #expect(topology.healthcheck.interval == "2s" && topology.healthcheck.timeout == "3s")
    #expect(topology.healthcheck.retries == 5 && topology.healthcheck.startPeriod == "0s")
    #expect(topology.nodes.map(\.image.description) == ["postgres:17", "postgres:17"])
    #expect(topology.nodes.allSatisfy { $0.imageRange == nil })
  }

  @Test(arguments: [
    ("3s", 3), ("1m30s", 90), ("500ms", 1), ("1500ms", 2), ("2s1us", 3), ("1ms", 1), ("1h", 3600),
    ("2562047h", 9_223_369_200), ("9223372036s1us", 9_223_372_037),
  ])
  func givesAServerWholeSecondsToAnswer(_ timeout: String, _ seconds: Int) throws {
    let topology = try Sample.topology(Sample.minimal + "healthcheck: {timeout: \(timeout)}\n")
    #expect(topology.healthcheck.timeoutSeconds == seconds)
  }

  @Test(arguments: [("7d", 10080), ("36h", 2160), ("1h", 60), ("36600d", 52_704_000)])
  func countsHowLongAnArchiveKeepsASegment(_ keep: String, _ minutes: Int) throws {
    let text = Sample.minimal + "archive: {volume: wal, keep: \(keep)}\n"
    #expect(try Sample.topology(text).archive?.keep?.value.minutes == minutes)
  }

  @Test func drawsACascade() throws {
    let topology = try Sample.topology(Sample.cascade)
    #expect(topology.nodes.map(\.upstream) == [nil, 0, 1, 2])
    #expect(topology.nodes.map(\.downstreams) == [[1], [2], [3], []])
    #expect(topology.nodes.map(\.slot) == [nil, "replica", "far", "the_last"])
    #expect(topology.nodes.map(\.followerSlot) == ["primary", "replica", "far", "the_last"])
    #expect(topology.upstream(of: topology.nodes[2])?.name == "replica")
    #expect(topology.downstreams(of: topology.primary).map(\.name) == ["replica"])
    #expect(topology.replicas.map(\.name) == ["replica", "far", "farther"])
  }

  @Test func findsThePrimaryWhereverItStands() throws {
    let text = Sample.minimal.replacing("role: primary", with: "role: x")
      .replacing("role: replica", with: "role: primary").replacing("role: x", with: "role: replica")
    let topology = try Sample.topology(text)
    #expect(topology.primaryIndex == 1 && topology.nodes.map(\.upstream) == [1, nil])
  }

  @Test func makesSlotNamesThatPostgreSQLTakes() throws {
    let text = Sample.minimal.replacing("replica: {", with: "eu-west-1: {")
    #expect(try Sample.topology(text).nodes.map(\.slot) == [nil, "eu_west_1"])
  }

  @Test func knowsThePrimarysSlotForWhenItFollowsAnotherNode() throws {
    let text = Sample.minimal.replacing("172.22.0.100", with: "172.22.0.100, slot: first")
    let topology = try Sample.topology(text)
    #expect(topology.nodes.map(\.slot) == [nil, "replica"])
    #expect(topology.nodes.map(\.followerSlot) == ["first", "replica"])
  }

  @Test func needsNoSlotsWhenAskedNotTo() throws {
    let topology = try Sample.topology(Sample.cascade + "replication: {slots: false}\n")
    #expect(!topology.usesSlots && topology.nodes.allSatisfy { $0.slot == nil })
    #expect(topology.nodes.allSatisfy { $0.followerSlot == nil })
  }

  @Test func choosesANodesImageThenTheCommonOneThenTheVersion() throws {
    let text = Sample.minimal.replacing("version: 17}", with: "version: \"17.6\", image: a/b:1}")
      .replacing("172.22.0.101", with: "172.22.0.101, image: c/d:2")
    #expect(try Sample.topology(text).nodes.map(\.image.description) == ["a/b:1", "c/d:2"])
    let version = Sample.minimal.replacing("version: 17}", with: "version: \"17.6\"}")
    #expect(try Sample.topology(version).primary.image.description == "postgres:17.6")
  }

  @Test func replicatesAsTheUserThatIsNamed() throws {
    let text = Sample.minimal + "replication: {user: admin}\n"
    #expect(try Sample.topology(text).replicationUser?.name == "admin")
    let none = Sample.minimal.replacing("attributes: [replication], ", with: "")
    #expect(try Sample.topology(none).replicationUser == nil)
  }

  @Test func followsMembershipsThroughOtherRoles() throws {
    let text = Sample.minimal.replacing(
      "nodes:",
      with: """
          a: {password: {env: A}, member_of: [b, pg_monitor]}
          b: {password: {env: B}, member_of: [c]}
          c: {password: {env: C}, member_of: [a]}
        nodes:
        """)
    let user = try #require(Sample.topology(text).users.first { $0.name == "a" })
    #expect(user.memberships == ["a", "b", "c", "pg_monitor"])
  }

  @Test func givesAClientItsUserAndDatabase() throws {
    let text = Sample.minimal + "clients: {b: {ip: 172.22.0.9, user: admin}}\n"
    let client = try #require(Sample.topology(text).clients.first)
    #expect(client.user.name == "admin" && client.database == "shop")
    let postgres = text.replacing("user: admin}}", with: "user: admin, database: postgres}}")
    #expect(try Sample.topology(postgres).clients.first?.database == "postgres")
  }

  @Test func looksAtReferencesInATopologyWithOtherMistakes() {
    let text = Sample.minimal.replacing("version: 17", with: "version: 12")
      .replacing("ip: 172.22.0.101", with: "ip: 172.22.0.300, upstream: primray")
    #expect(
      Set(Sample.diagnostics(text).map(\.id)) == [
        "out-of-range", "invalid-address", "unknown-node",
      ])
  }

  @Test func saysNothingAboutNamesWhoseValuesAreBroken() {
    let text = Sample.cascade.replacing(
      "replica: {role: replica, ip: 172.22.0.101}", with: "replica: 7")
    #expect(Sample.diagnostics(text).map(\.id) == ["wrong-type"])
  }

  @Test func reportsEachCycleOnce() {
    let text =
      Sample.minimal.replacing("172.22.0.101", with: "172.22.0.101, upstream: c")
      + "  c: {role: replica, ip: 172.22.0.102, upstream: replica}\n"
      + "  d: {role: replica, ip: 172.22.0.103, upstream: c}\n"
      + "  e: {role: replica, ip: 172.22.0.104, upstream: e}\n"
    let messages = Sample.diagnostics(text).map(\.message.description)
    #expect(
      messages == [
        "the upstreams form a cycle: \"replica\", \"c\", \"replica\"",
        "node \"e\" is its own upstream",
      ])
  }
}
