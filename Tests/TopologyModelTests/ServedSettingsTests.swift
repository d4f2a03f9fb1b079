import PostgreSQL
import Testing
import TopologyModel

struct ServedSettingsTests {
  private static let text =
    Sample.minimal.replacing(
      "172.22.0.101", with: "172.22.0.101, settings: {work_mem: 8MB, fsync: f, max_connections: x}")
    + "settings: {work_mem: 4MB, log_statement: ddl}\n"

  @Test func saysWhereAValueComesFrom() throws {
    let topology = try Sample.topology(Self.text)
    let (primary, replica) = (topology.nodes[0].settings, topology.nodes[1].settings)
    #expect(primary["work_mem"].value == .integer(4096))
    #expect(replica["work_mem"].value == .integer(8192))
    #expect(replica["log_statement"].choice == "ddl")
    guard case .declaredForAll = primary["work_mem"].origin,
      case .declaredForNode = replica["work_mem"].origin,
      case .derived = replica["hot_standby"].origin,
      case .byDefault = replica["full_page_writes"].origin
    else {
      Issue.record("the origins differ")
      return
    }
    #expect(replica["fsync"].isOn == false && primary["fsync"].isOn == true)
    #expect(replica["full_page_writes"].isOn == true && replica["full_page_writes"].range == nil)
  }

  @Test func aRefusedValueIsNone() throws {
    let refused = try Sample.topology(Self.text).nodes[1].settings["max_connections"]
    #expect(refused.value == nil && refused.text == "x" && refused.range != nil)
    guard case .refused(let error) = refused.verdict else {
      Issue.record("the value was taken")
      return
    }
    #expect(error.message == "invalid value for parameter \"max_connections\": \"x\"")
  }

  /// A setting that a check compares with others is judged again for each node.
  @Test func aSharedSettingIsJudgedAmongThoseOfTheNode() throws {
    let text =
      Sample.minimal.replacing(
        "172.22.0.101", with: "172.22.0.101, settings: {log_statement_stats: on}")
      + "settings: {log_parser_stats: off}\n"
    let fine = try Sample.topology(text)
    #expect(fine.nodes[1].settings["log_statement_stats"].isOn == true)
    let conflict = try Sample.topology(text.replacing("stats: off", with: "stats: on"))
    #expect(conflict.nodes[0].settings["log_parser_stats"].isOn == true)
    #expect(conflict.nodes[1].settings["log_statement_stats"].value == nil)
    let freed = try Sample.topology(
      Sample.minimal.replacing(
        "172.22.0.101", with: "172.22.0.101, settings: {log_statement_stats: off}")
        + "settings: {log_statement_stats: on, log_parser_stats: on}\n")
    #expect(freed.nodes[0].settings["log_parser_stats"].value == nil)
    #expect(freed.nodes[1].settings["log_parser_stats"].isOn == true)
  }

  /// The four that share the backends of 16 are judged together, whichever of them the node sets.
  @Test(arguments: [
    "max_connections", "autovacuum_max_workers", "max_worker_processes", "max_wal_senders",
  ])
  func sharedBackendsAreJudgedAmongThoseOfTheNode(_ shared: String) throws {
    let all = [
      "max_connections", "autovacuum_max_workers", "max_worker_processes", "max_wal_senders",
    ]
    let own = try #require(all.first { $0 != shared })
    let topology = try Sample.topology(
      Sample.minimal.replacing("version: 17", with: "version: 16").replacing(
        "172.22.0.101", with: "172.22.0.101, settings: {\(own): 10}")
        + "settings: {\(own): 200000, \(shared): 100000}\n")
    #expect(topology.nodes[0].settings[shared].value == nil)
    #expect(topology.nodes[1].settings[shared].integer == 100_000)
  }

  /// Settings that a server compares at its start are compared anew for a node that sets one,
  /// whichever it is: with the same result as where the node has them all.
  @Test(arguments: [
    ("wal_level: minimal, max_wal_senders: 0, archive_mode: off", "summarize_wal: on", 1),
    ("wal_level: minimal, max_wal_senders: 0, archive_mode: off", "archive_mode: on", 1),
    ("wal_level: minimal, max_wal_senders: 0, archive_mode: off", "max_wal_senders: 1", 1),
    ("max_wal_senders: 1, archive_mode: off", "wal_level: minimal", 1),
    ("wal_level: minimal, max_wal_senders: 0, summarize_wal: on", "summarize_wal: off", 0),
    ("fsync: on", "min_wal_size: 16MB", 1), ("fsync: on", "max_wal_size: 16MB", 1),
    ("fsync: on", "superuser_reserved_connections: 100", 1),
    ("fsync: on", "reserved_connections: 100", 1), ("fsync: on", "max_connections: 3", 1),
    ("recovery_target_name: a", "recovery_target_xid: '7'", 1),
    ("recovery_target_lsn: 0/1", "recovery_target_time: '2026-01-01'", 1),
    ("recovery_target_name: a", "recovery_target: immediate", 1),
    ("max_connections: 3", "max_connections: 10", 0), ("fsync: on", "work_mem: 8MB", 0),
  ])
  func problemsOfTheStartAreThoseOfTheNode(_ shared: String, _ own: String, _ count: Int) throws {
    func problems(shared: String, own: String) throws -> [String] {
      let text =
        Sample.minimal.replacing("172.22.0.101", with: "172.22.0.101, settings: {\(own)}")
        + (shared.isEmpty ? "" : "settings: {\(shared)}\n")
      return try Sample.topology(text).nodes[1].settings.startProblems.map(\.text)
    }
    let name = own.prefix { $0 != ":" }
    let others = shared.split(separator: ", ").filter { !$0.hasPrefix("\(name):") }
    let found = try problems(shared: shared, own: own)
    #expect(found.count == count)
    #expect(try problems(shared: "", own: (others + [own[...]]).joined(separator: ", ")) == found)
  }

  @Test func nodesWithoutSettingsOfTheirOwnShareThem() throws {
    let topology = try Sample.topology(Sample.cascade)
    #expect(topology.servers.count == 1)
    #expect(topology.nodes.allSatisfy { $0.settings === topology.nodes[0].settings })
  }

  @Test func whatIsWrittenOnceIsJudgedOnce() throws {
    let topology = try Sample.topology(Self.text)
    #expect(
      topology.declaredSettings.map(\.setting.name) == [
        "work_mem", "log_statement", "work_mem", "fsync", "max_connections",
      ])
  }

  /// Settings whose check looks at others, too, unless those of the node make a difference.
  @Test func whatANodeMakesNoDifferenceToIsShared() throws {
    let topology = try Sample.topology(
      Self.text.replacing("ddl}", with: "ddl, log_parser_stats: on, datestyle: ISO}"))
    #expect(topology.servers.count == 2)
    for name in ["log_parser_stats", "datestyle"] {
      #expect(topology.declaredSettings.count { $0.setting.name == name } == 1)
      #expect(topology.nodes[0].settings[name] === topology.nodes[1].settings[name])
    }
  }
}
