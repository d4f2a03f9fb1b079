import Diagnostics
import Foundation
import PostgreSQL
import SourceText
import TestSupport
import Testing
import TopologyLint
import TopologyModel
import TopologyRender

/// Rules that predict that a server will not start, compared with real servers: a start
/// fails exactly where a rule reports an error.
@Suite(
  .enabled(
    if: Tool.areAvailable(
      "postgres", "initdb", "pg_ctl", "pg_basebackup", for: "what a server refuses")))
struct RefusalTests {
  private static let alone: [[String: String]] = [
    [:],
    ["maxx_connections": "100"], ["auto_explain.log_min_duration": "1s"],
    ["wal_keep_segments": "16"], ["wal_keep_size": "16"], ["data_checksums": "on"],
    ["block_size": "8192"], ["session_authorization": "postgres"],
    ["shared_buffers": "12 parsecs"], ["shared_buffers": "127kB"], ["shared_buffers": "128kB"],
    ["work_mem": "16mb"], ["work_mem": "16 MB"], ["work_mem": "63kB"], ["work_mem": "64kB"],
    ["wal_level": "logicl"], ["wal_level": "logical"], ["wal_level": "hot_standby"],
    ["hot_standby": "maybe"], ["hot_standby": "tr"], ["checkpoint_timeout": "29s"],
    ["checkpoint_timeout": "30s"], ["log_rotation_age": "1w"],
    ["max_connections": "3"], ["max_connections": "4"], ["max_connections": "4.4"],
    ["max_connections": "262144"],
    ["max_connections": "1", "superuser_reserved_connections": "0"],
    ["max_connections": "10", "superuser_reserved_connections": "10"],
    ["max_connections": "10", "superuser_reserved_connections": "9"],
    ["max_connections": "10", "max_wal_senders": "100"],
    ["wal_level": "minimal"], ["wal_level": "minimal", "max_wal_senders": "0"],
    ["wal_level": "minimal", "max_wal_senders": "0", "max_replication_slots": "0"],
    ["wal_level": "minimal", "max_wal_senders": "0", "archive_mode": "on"],
    ["wal_level": "replica", "max_wal_senders": "0"],
    ["min_wal_size": "16MB"], ["min_wal_size": "32MB"], ["max_wal_size": "31MB"],
    ["max_wal_size": "32MB"],
    ["synchronous_standby_names": "s-1"], ["synchronous_standby_names": "\"s-1\""],
    ["synchronous_standby_names": "ANY 0 (a)"], ["search_path": "a,"], ["TimeZone": "Mars"],
    ["TimeZone": "europe/paris"], ["unix_socket_permissions": "0777"],
    ["unix_socket_permissions": "777"], ["log_statement_stats": "on", "log_parser_stats": "on"],
    ["recovery_target_name": "a", "recovery_target_xid": "1"], ["recovery_target_xid": "1"],
    ["cluster_name": "naïve 'quoted' \\ text"], ["log_line_prefix": ""],
    ["synchronous_commit": "remote_apply"], ["wal_compression": "zstd"], ["fsync": "0"],
  ]

  /// Rules that report nothing but a server that would not start.
  private static let predictions: Set<Diagnostic.ID> = [
    "unrecognized-setting", "removed-setting", "setting-too-new", "internal-setting",
    "invalid-setting-value", "too-few-connections", "wal-level-too-low",
    "replica-setting-below-upstream",
  ]

  @Test func aServerRefusesWhatTheRulesCallErrors() throws {
    let server = try StartedServer()
    defer { server.remove() }
    let major = try InstalledServer(try #require(ServerInstallation.newestOwn))
    defer { major.remove() }
    for settings in Self.alone {
      let text = topology(major.major, primary: settings, replica: nil)
      let resolved = try resolve(text)
      let start = try server.start(assignments(of: resolved.primary))
      #expect(predictions(of: resolved) == start.outcome, "\(settings): \(start.log)")
    }
  }

  private static let limits = [
    "max_connections": "40", "max_worker_processes": "10", "max_wal_senders": "12",
    "max_prepared_transactions": "5", "max_locks_per_transaction": "80",
  ]

  @Test func aStandbyRefusesLowerLimitsThanItsPrimary() throws {
    let installed = try InstalledServer(try #require(ServerInstallation.newestOwn))
    defer { installed.remove() }
    let server = try StartedServer()
    defer { server.remove() }
    var cases = [Self.limits, Self.limits.mapValues { "1\($0)" }, [:]]
    cases += Self.limits.map { name, value in
      Self.limits.merging([name: "\((Int(value) ?? 0) - 1)"]) { $1 }
    }
    cases.append(cases[3].merging(["hot_standby": "off"]) { $1 })
    let first = try resolve(topology(installed.major, primary: Self.limits, replica: [:]))
    let start = try server.start(assignments(of: first.primary)) {
      let standby = try StartedServer(copying: server)
      defer { standby.remove() }
      for settings in cases {
        let resolved = try resolve(
          topology(installed.major, primary: Self.limits, replica: settings))
        let start = try standby.start(assignments(of: resolved.replicas[0]))
        #expect(predictions(of: resolved) == start.outcome, "\(settings): \(start.log)")
      }
    }
    #expect(start.outcome == .starts, "\(start.log)")
  }

  private func predictions(of topology: ResolvedTopology) -> StartedServer.Outcome {
    let found = Linting.findings(in: topology).filter { $0.severity == .error }
    return found.contains { Self.predictions.contains($0.id) } ? .refuses : .starts
  }

  /// The node's settings as rendered. The test decides where the server listens.
  private func assignments(of node: ResolvedNode) -> [String] {
    node.settings.all.filter { $0.name != "listen_addresses" }.map {
      "\($0.name) = \(Quoting.settingValue($0.text))"
    }
  }

  private func topology(
    _ major: PostgresMajor, primary: [String: String], replica: [String: String]?
  ) -> String {
    var nodes = "  primary: {role: primary, ip: 172.22.0.100, settings: \(flow(primary))}\n"
    if let replica {
      nodes += "  replica: {role: replica, ip: 172.22.0.101, settings: \(flow(replica))}\n"
    }
    return LintExample.complete(
      "postgres: {version: \(major), image: \"postgres:\(major)-bookworm\"}\nnodes:\n\(nodes)")
  }

  private func flow(_ settings: [String: String]) -> String {
    let entries = settings.sorted { $0.key < $1.key }.map { name, value in
      "\(name): '\(value.replacing("'", with: "''"))'"
    }
    return "{\(entries.joined(separator: ", "))}"
  }

  private func resolve(_ text: String) throws -> ResolvedTopology {
    var diagnostics: [Diagnostic] = []
    let source = SourceFile(id: SourceFile.ID(0), path: "topology.yml", text: text)
    let topology = ResolvedTopology.read(source, for: RenderTarget.compose.target, &diagnostics)
    try #require(diagnostics == [], "\(text)")
    return try #require(topology)
  }
}
