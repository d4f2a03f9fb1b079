import Diagnostics
import TopologyModel

extension LintRule {
  static let unusedAllowance = LintRule.acrossFiles(
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
          - {type: host, databases: [all], users: [admin], address: 172.22.0.0/24, method: md5}
      lint:
        allow:
          md5-authentication: the reporting tool speaks nothing else
      """
    ]
  ) { topologies, findings in
    // An allowance of this rule itself is for the others, so it is not asked about.
    let names = Set(topologies.flatMap { $0.allowances.map(\.rule.value) })
    let rules = LintRule.all.filter {
      names.contains($0.id.description) && $0.id != findings.rule.id
    }
    for rule in rules {
      let files = Set(rule.findings(in: topologies).map(\.range.file))
      for topology in topologies where !files.contains(topology.file) {
        for allowance in topology.allowances
        where allowance.rule.value == rule.id.description {
          findings.report(
            .unused(rule.id), at: allowance.rule.range, hint: "Remove the allowance.")
        }
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unused(_ rule: Diagnostic.ID) -> Self {
    "nothing here is silenced by allowing \"\(rule)\""
  }
}
