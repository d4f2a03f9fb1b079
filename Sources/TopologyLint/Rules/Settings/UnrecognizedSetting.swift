import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let unrecognizedSetting = LintRule(
    "unrecognized-setting", .error, .settings,
    summary: "Finds settings that no PostgreSQL server has.",
    rationale: """
      A server with an unknown name in postgresql.conf does not start. Names with a dot belong to \
      extensions, and any of them is taken. Minor releases add a name now and then: one that is \
      newer than this pgtopo is reported, too.
      """,
    bad: [
      """
      settings: {▸maxx_connections◂: 200}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, settings: {▸replication_speed◂: high}}
      """,
    ],
    good: [
      """
      settings: {max_slot_wal_keep_size: 4GB, auto_explain.log_min_duration: 250ms, DateStyle: ISO}
      """
    ]
  ) { topology, findings in
    var names: [PostgresMajor: NearestNames] = [:]
    for (server, setting, place) in topology.judgedSettings {
      guard case .unrecognized = setting.verdict else { continue }
      let name = setting.name
      let found = names[server.major, default: NearestNames(server.catalogue.names)]
        .nearest(to: name)
      let nearest = found?.name
      let isSure = found.map { $0.edits <= 2 } ?? false
      let fix = nearest.map {
        Fix("Write \(name: $0).", .unsafe, replacing: place.name, with: $0)
      }
      let isFree = nearest.map { !server[$0.lowercased()].isWritten } ?? false
      findings.report(
        .unrecognized(name), at: place.name,
        hint: (nearest.map { "Perhaps you meant \(name: $0)." }
          ?? "No major from \(PostgresMajor.supported.lowerBound) on has it.")
          + " If a newer minor release has it, allow this rule.",
        fixes: isSure && isFree ? [fix].compactMap { $0 } : [])
    }
  }
}

extension Diagnostic.Message {
  /// The server's own words.
  fileprivate static func unrecognized(_ name: String) -> Self {
    "unrecognized configuration parameter \(name: name)"
  }
}
