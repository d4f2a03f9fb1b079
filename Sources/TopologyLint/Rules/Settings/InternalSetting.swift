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
    for (_, setting) in findings.context.judgedSettings(of: topology) {
      guard case .unchangeable = setting.verdict else { continue }
      findings.report(
        .unchangeable(setting.name.value), at: setting.name.range,
        hint: setting.keyOfInitdb.map {
          "Write \(keyword: "initdb: {\($0)}") below \"postgres\" instead."
        }
          ?? "Remove it: it shows a fact about the server.")
    }
  }
}

extension JudgedSetting {
  fileprivate var keyOfInitdb: String? {
    switch name.value {
    case "data_checksums": "data_checksums: true"
    case "server_encoding": "encoding: UTF8"
    case "lc_collate", "lc_ctype": "locale: C.UTF-8"
    default: nil
    }
  }
}

extension Diagnostic.Message {
  /// The server's own words.
  fileprivate static func unchangeable(_ name: String) -> Self {
    "parameter \(name: name) cannot be changed"
  }
}
