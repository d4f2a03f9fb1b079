import Diagnostics
import SourceText
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
      """,
      """
      name: demo # pgtopo: allow ▸md5-authentication◂ -- the reporting tool speaks nothing else
      """,
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
    var found: [Diagnostic.ID: [Diagnostic]] = [:]
    for allowance in allowances {
      // A rule across files may find something in a file that this run leaves out, and an
      // allowance of this rule itself applies to the other allowances.
      guard let rule = LintRule.byName[allowance.rule.value], !rule.comparesFiles,
        rule.judges(topology),
        rule.canBeAllowed,
        rule.id != findings.rule.id
      else { continue }
      let all = found[rule.id] ?? rule.findings(in: topology)
      found[rule.id] = all
      guard !all.contains(where: { allowance.covers($0.range) }) else { continue }
      findings.report(
        .unused(rule.id), at: allowance.rule.range, hint: "Remove the allowance.",
        fixes: allowance.removal.map {
          [Fix("Remove the allowance.", allowance.removesComment ? .unsafe : .safe, [$0])]
        } ?? [])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unused(_ rule: Diagnostic.ID) -> Self {
    "nothing here is silenced by allowing \(name: rule)"
  }
}
