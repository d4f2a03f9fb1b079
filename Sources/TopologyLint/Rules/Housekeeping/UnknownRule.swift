import Diagnostics
import TopologyModel

extension LintRule {
  static let unknownRule = LintRule(
    "unknown-rule", .error, .housekeeping,
    summary: "Finds allowances for rules that do not exist.",
    rationale: """
      A misspelt name allows nothing. Mistakes that are found while the file is read, such as an \
      invalid address, are no rules and cannot be allowed.
      """,
    bad: [
      """
      lint:
        allow:
          ▸md5-authentification◂: the reporting tool speaks nothing else
      """
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {literal: for-a-demonstration}}
      lint:
        allow:
          literal-password: this is a demonstration
      """
    ]
  ) { topology, findings in
    let names = LintRule.all.map(\.id.description)
    let known = Set(names)
    for allowance in topology.allowances where !known.contains(allowance.rule.value) {
      findings.report(
        .unknown(allowance.rule.value), at: allowance.rule.range,
        hint: NearestName.of(allowance.rule.value, among: names)
          .map { "Perhaps you meant \"\($0)\"." } ?? "\"pgtopo rules\" lists them all.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ rule: String) -> Self {
    "rule \"\(rule.printable)\" does not exist"
  }
}
