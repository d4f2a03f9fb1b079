import Diagnostics
import TopologyModel

extension LintRule {
  static let unusedAllowance = LintRule(
    "unused-allowance", .warning, .housekeeping,
    summary: "Finds allowances that silence nothing.",
    rationale: """
      An allowance that was needed once hides the next mistake of its kind. When nothing is left \
      to allow, it should go.
      """,
    bad: [
      """
      lint:
        allow:
          ▸md5-authentication◂: the reporting tool speaks nothing else
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: md5}
      lint:
        allow:
          md5-authentication: the reporting tool speaks nothing else
      """
    ]
  ) { topology, findings in
    let allowances = topology.allowances
    guard !allowances.isEmpty else { return }
    let rules = Dictionary(
      LintRule.all.map { ($0.id.description, $0) }, uniquingKeysWith: { first, _ in first })
    for allowance in allowances {
      // What a rule across files finds may lie in a file that this run leaves out, and an
      // allowance of this rule itself is for the other allowances.
      guard let rule = rules[allowance.rule.value], !rule.comparesFiles,
        rule.id != findings.rule.id, rule.findings(in: topology).isEmpty
      else { continue }
      findings.report(.unused(rule.id), at: allowance.rule.range, hint: "Remove the allowance.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unused(_ rule: Diagnostic.ID) -> Self {
    "nothing here is silenced by allowing \"\(rule)\""
  }
}
