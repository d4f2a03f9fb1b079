import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let allowanceWithoutReason = LintRule(
    "allowance-without-reason", .error, .housekeeping,
    summary: "Finds allowances that do not say why.",
    rationale: """
      Whoever reads the file next has to know why the finding is accepted, and when it no longer \
      has to be. Write the reason behind two hyphens in a comment, or as the value below \
      lint.allow.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: md5} ▸# pgtopo: allow md5-authentication◂
      """,
      """
      hba:
        records:
          ▸# pgtopo: allow md5-authentication --◂
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: md5}
      """,
    ],
    good: [
      """
      hba:
        records:
          # pgtopo: allow md5-authentication -- the reporting tool speaks nothing else
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: md5}
      """
    ],
    canBeAllowed: false
  ) { topology, findings in
    for comment in topology.comments {
      guard case .noReason = comment.problem else { continue }
      findings.report(
        .noReason, at: comment.range,
        hint: "Write it at the end: \"# pgtopo: allow RULE -- the reason\".")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let noReason: Self = "the allowance has no reason"
}
