import Diagnostics
import SourceText
import Testing
import TopologyLint

struct ReplicationRuleTests {
  /// How real servers treated one standby, by the name it streamed under.
  @Test(arguments: [
    ("standby-1", "'\"standby-1\"'", ["no-spare-synchronous-replica"]),
    ("standby1", "Standby1", ["no-spare-synchronous-replica"]),
    ("standby1", "'FIRST 1 (other, standby1)'", ["synchronous-replica-unknown"]),
    ("standby1", "'ANY 2 (standby1, standby1)'", ["synchronous-count-unreachable"]),
    ("standby1", "'FIRST 2 (other, standby1)'", ["synchronous-replica-unknown"]),
    ("standby1", "node7", ["synchronous-replica-unknown"]),
    ("standby1", "primary", ["synchronous-count-unreachable"]),
    ("standby1", "''", []),
    (
      "standby-1", "'FIRST 1 (other, *)'",
      ["no-spare-synchronous-replica", "wildcard-synchronous-replica"]
    ),
  ])
  func countsTheReplicasThatCanAnswer(
    _ replica: String, _ value: String, _ expected: [Diagnostic.ID]
  ) throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        \(replica): {role: replica, ip: 172.22.0.101}
      settings: {synchronous_standby_names: \(value), max_slot_wal_keep_size: 4GB}
      """
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id) == expected)
  }

  @Test func namesTheReplicaThatDoesNotStreamFromThePrimary() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      replication: {synchronous: {method: any, count: 3, replicas: [leaf, replica]}}
      """
    let finding = try #require(try findings("synchronous-count-unreachable", in: fragment).first)
    #expect(finding.notes.map { $0.range.text(in: fragment) } == ["leaf"])
  }

  @Test func theHintsValueIsClean() throws {
    let nodes = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        on: {role: replica, ip: 172.22.0.101}
        1e3: {role: replica, ip: 172.22.0.102}

      """
    let bad = nodes + "replication: {synchronous: {method: first, count: 3}}\n"
    let hint = try #require(try findings("synchronous-count-unreachable", in: bad).first?.hint)
      .description
    let key = hint.split(separator: "\"")[1]
    let topology = try resolve(LintExample.complete(nodes + key + "\n"))
    #expect(Linting.findings(in: topology) == [])
  }

  @Test func noUserIsNeededWhereNothingReplicates() throws {
    let fragment = """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      """
    #expect(try findings("missing-replication-user", in: fragment) == [])
  }

  @Test func withoutSlotsNoneIsTaken() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica-1: {role: replica, ip: 172.22.0.101}
        replica_1: {role: replica, ip: 172.22.0.102}

      """
    #expect(try findings("slot-name-taken", in: fragment).count == 1)
    let off = fragment + "replication: {slots: false}\n"
    #expect(try findings("slot-name-taken", in: off) == [])
  }
}
