import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let settingTooNew = LintRule(
    "setting-too-new", formerly: ["setting-from-the-future"], .error, .settings,
    summary: "Finds settings that only a later major has.",
    rationale: """
      A server does not start with a setting that it does not know yet. The major is that of the \
      node's image, or else of "postgres.version".
      """,
    bad: [
      """
      settings: {▸io_method◂: worker}
      """,
      """
      postgres: {version: 15, image: postgres:15-bookworm}
      settings: {▸reserved_connections◂: 2}
      """,
    ],
    good: [
      """
      postgres: {version: 18, image: postgres:18-bookworm}
      settings: {io_method: worker, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for (server, setting, place) in topology.judgedSettings {
      guard case .added(let since) = setting.verdict else { continue }
      findings.report(
        .added(setting.name, since, server.major), at: place.name,
        notes: [.init("the version is declared here", at: topology.version.range)],
        hint: "Remove it, or write \"version: \(since)\" or a later one below \"postgres\".")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func added(
    _ name: String, _ since: PostgresMajor, _ major: PostgresMajor
  ) -> Self {
    "setting \(name: name) came with PostgreSQL \(since), and this is \(major)"
  }
}
