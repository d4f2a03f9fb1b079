import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hbaFeatureTooNew = LintRule(
    "hba-feature-too-new", .error, .access,
    summary: "Finds HBA records that need a later major.",
    rationale: """
      Before 16 a word that begins with a slash is silently a plain name, so the record matches \
      nobody; and before 18 there is no method oauth, so the server does not start.
      """,
    bad: [
      """
      postgres: {version: 15, image: postgres:15-bookworm}
      hba:
        records:
          - {type: host, databases: [▸/^demo◂], users: [app, ▸/^a◂], address: 172.22.0.0/24, method: scram-sha-256}
      """,
      """
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: ▸oauth◂, options: {issuer: 'https://id.example.com', scope: openid}}
      """,
    ],
    good: [
      """
      postgres: {version: 16, image: postgres:16-bookworm}
      hba:
        records:
          - {type: host, databases: [/^demo], users: [/^a], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    let version = topology.version
    let note = Diagnostic.Note("the version is declared here", at: version.range)
    for record in topology.declaredRecords {
      for problem in record.value.record.problems(major: topology.major) {
        guard let first = problem.firstMajor(after: topology.major) else { continue }
        findings.report(
          .tooNew(problem), at: record.range(of: problem), notes: [note],
          hint: "It needs PostgreSQL \(first) or later. \(text: problem.oldHint)")
      }
    }
  }
}

extension HBAProblem {
  /// What to write for the actual major.
  fileprivate var oldHint: String {
    if case .regexTooNew = self { return "Write the names one by one." }
    return "Write \"method: scram-sha-256\"."
  }
}

extension Diagnostic.Message {
  fileprivate static func tooNew(_ problem: HBAProblem) -> Self {
    guard case .regexTooNew(let pattern, let major) = problem else {
      return "\(text: problem.description)"
    }
    return "\(value: "/\(pattern)") is a plain name in PostgreSQL \(major), no regular expression"
  }
}
