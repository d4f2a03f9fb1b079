import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let literalPassword = LintRule(
    "literal-password", .warning, .secrets,
    summary: "Finds passwords that stand in the topology file.",
    rationale: """
      Whoever reads the file, its repository or its history knows the password, and changing it \
      means a commit. A variable of the environment or a file outside of the repository keeps it \
      out.
      """,
    bad: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: ▸{literal: not-a-good-idea}◂}
      """
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {file: secrets/repuser}}
      """
    ]
  ) { topology, findings in
    for user in topology.users {
      guard case .literal = user.password.value else { continue }
      let variable = HintText.passwordVariable(of: user.name)
      // The hint is made from the user's name alone, so it may be shown even if it equals
      // the password.
      findings.report(
        .literal(user.name), at: user.password.range,
        hint: """
          Write \(keyword: "password: {env: \(variable)}") and set that variable where you run \
          \(.init(stringLiteral: topology.target.name)), or \
          \(keyword: "password: {file: secrets/\(variable)}").
          """)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func literal(_ user: String) -> Self {
    "the password of user \(name: user) stands in this file"
  }
}
