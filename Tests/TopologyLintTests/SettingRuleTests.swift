import Diagnostics
import SourceText
import Testing
import TopologyLint

/// Behaviour that the examples of the rules do not show: other majors, and values at their limits.
struct SettingRuleTests {
  /// Each fault is reported by one rule.
  @Test(arguments: [
    (15, "reserved_connections: 2", ["setting-too-new"]),
    (16, "reserved_connections: 2", []),
    (15, "vacuum_defer_cleanup_age: 1", []),
    (16, "vacuum_defer_cleanup_age: 1", ["removed-setting"]),
    (15, "lc_collate: C", ["internal-setting"]), (16, "lc_collate: C", ["removed-setting"]),
    (18, "ssl_ecdh_curve: prime256v1", []), (15, "composite_type_mismatch: error", []),
    (17, "port: abc", ["managed-setting"]), (17, "wal_level: minimal", ["wal-level-too-low"]),
    (16, "maintenance_work_mem: 64kB", ["invalid-setting-value"]),
    (17, "maintenance_work_mem: 64kB", []), (17, "work_mem: 64", ["setting-without-unit"]),
    (17, "work_mem: '010'", ["invalid-setting-value"]), (17, "wal_receiver_timeout: '0'", []),
    (17, "max_connections: 100", []), (17, "max_connections: 3", ["too-few-connections"]),
    (17, "fsync: n", ["fsync-off"]), (17, "synchronous_commit: local", []),
    (17, "a.b: 1_0", ["ambiguous-yaml-value"]), (17, "hot_standby: on", []),
    (17, "a.b: 0x1F", ["ambiguous-yaml-value"]), (17, "a.b: 0_x1F", ["ambiguous-yaml-value"]),
    (17, "a.b: 0b101", ["ambiguous-yaml-value"]), (17, "a.b: 12:30:00", ["ambiguous-yaml-value"]),
    (17, "a.b: 0_777", ["ambiguous-yaml-value"]),
    (17, "cluster_name: No", ["ambiguous-yaml-value"]),
    (17, "a.b: -5", []), (17, "a.b: .5", []), (17, "a.b: 1e3", []), (17, "a.b: 5MB", []),
    (18, "log_connections: on", []),
  ])
  func isReportedByOneRule(_ major: Int, _ setting: String, _ expected: [Diagnostic.ID]) throws {
    let fragment = """
      postgres: {version: \(major), image: postgres:\(major)-bookworm}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      settings: {\(setting)}
      """
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id) == expected)
  }

  @Test func aNodeIsJudgedByTheMajorOfItsOwnImage() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {summarize_wal: on}}
        replica: {role: replica, ip: 172.22.0.101, image: postgres:16-bookworm, settings: {summarize_wal: on}}
      """
    let found = try findings("setting-too-new", in: fragment)
    #expect(
      found.map(\.message.description) == [
        "setting \"summarize_wal\" came with PostgreSQL 17, and this is 16"
      ])
  }

  @Test func offersTheNearestNameOnlyWhereItIsFree() throws {
    let found = try findings("unrecognized-setting", in: "settings: {max_conections: 50}\n")
    #expect(found.map { $0.fixes.map(\.title) } == [["Write \"max_connections\"."]])
    let taken = try findings(
      "unrecognized-setting", in: "settings: {max_conections: 50, max_connections: 60}\n")
    #expect(taken.map(\.fixes) == [[]])
  }

  @Test(arguments: [
    ("shared_buffers", "16384", "128MB"), ("shared_buffers", "17", "136kB"),
    ("wal_keep_size", "16", "16MB"), ("wal_keep_size", "2048", "2GB"),
    ("work_mem", "1500", "1500kB"), ("checkpoint_timeout", "90", "90s"),
    ("idle_session_timeout", "3600000", "1h"), ("vacuum_cost_delay", "2", "2ms"),
  ])
  func aFixForAMissingUnitIsTheSameAmount(
    _ name: String, _ value: String, _ expected: String
  ) throws {
    let found = try findings("setting-without-unit", in: "settings: {\(name): \(value)}\n")
    #expect(found.map { $0.fixes.map { $0.edits[0].replacement } } == [[expected]])
    #expect(try findings("invalid-setting-value", in: "settings: {\(name): \(expected)}\n") == [])
    #expect(try findings("setting-without-unit", in: "settings: {\(name): \(expected)}\n") == [])
  }

  @Test func aLeafIsComparedWithThePrimaryAndNotWithItsUpstream() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        relay: {role: replica, ip: 172.22.0.101, settings: {max_connections: 200}}
        leaf: {role: replica, ip: 172.22.0.102, upstream: relay}
      """
    #expect(try findings("replica-setting-below-upstream", in: fragment) == [])
  }

  @Test func whatIsRefusedIsNotJudgedAgain() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {max_connections: 500}}
        replica: {role: replica, ip: 172.22.0.101, settings: {max_connections: many}}
      """
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id) == ["invalid-setting-value"])
  }

  @Test(arguments: [
    ("wal-g wal-push %p", 0), ("/opt/archive.sh %p %f", 0), ("archive.sh %p %f", 0),
    ("rsync -a %p backup:/wal/%f", 0), ("cp %p $ARCHIVE/%f", 0), ("./archive.sh %p", 1),
    ("test ! -f /wal/%f && cp %p wal/%f", 1), ("gzip -c %p > \"wal/%f.gz\"", 1),
    ("if true; then bin/push %p; fi", 1),
  ])
  func aRelativePathIsOneOfAProgramOrAFile(_ command: String, _ count: Int) throws {
    let fragment = "settings: {archive_mode: on, archive_command: '\(command)'}\n"
    #expect(try findings("archive-command-relative", in: fragment).count == count)
  }
}
