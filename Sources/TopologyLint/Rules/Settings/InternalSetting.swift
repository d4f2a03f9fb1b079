import Diagnostics
import TopologyModel

extension LintRule {
  static let internalSetting = LintRule(
    "internal-setting", .error, .settings,
    summary: "Finds settings that nobody can set.",
    rationale: """
      Some settings only show a fact about the server, such as the size of its blocks. With one of \
      them in postgresql.conf the server does not start. What initdb decides is written below \
      "postgres.initdb".
      """,
    bad: [
      """
      settings: {▸data_checksums◂: on, ▸server_version◂: "17"}
      """
    ],
    good: [
      """
      postgres: {version: 17, image: postgres:17-bookworm, initdb: {data_checksums: true}}
      """
    ]
  ) { topology, findings in
    for (_, setting, place) in topology.judgedSettings {
      guard case .unchangeable = setting.verdict else { continue }
      findings.report(
        .unchangeable(setting.name), at: place.name,
        hint: setting.keyOfInitdb.map {
          "Write \(keyword: "initdb: {\($0)}") below \"postgres\" instead."
        }
          ?? "Remove it: it shows a fact about the server.")
    }
  }
}

extension ServedSetting {
  fileprivate var keyOfInitdb: String? {
    if case .initdb(let key)? = owner { key } else { nil }
  }
}

extension Diagnostic.Message {
  /// The server's own words.
  fileprivate static func unchangeable(_ name: String) -> Self {
    "parameter \(name: name) cannot be changed"
  }
}
