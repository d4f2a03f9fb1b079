import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let invalidAllowance = LintRule(
    "invalid-allowance", .error, .housekeeping,
    summary: "Finds comments that speak to pgtopo and allow nothing.",
    rationale: """
      A comment that begins with "pgtopo:" is an allowance or a mistake. If a misspelt one were \
      taken for a remark, its author would wait for an effect that never comes.
      """,
    bad: [
      """
      # pgtopo: ▸alow◂ md5-authentication -- an old client
      name: demo
      """,
      """
      name: demo ▸# pgtopo: allow -- an old client◂
      """,
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: md5} # pgtopo: allow md5-authentication -- an old client
      """
    ],
    canBeAllowed: false
  ) { topology, findings in
    for comment in topology.comments {
      switch comment.problem {
      case .unknownWord(let word):
        findings.report(
          .unknownWord(word.value), at: word.range.offsets.isEmpty ? comment.range : word.range,
          hint: "Write \"# pgtopo: allow RULE -- the reason\".",
          fixes: NearestName.of(word.value, among: ["allow"]).map {
            [Fix("Write \(name: $0).", .unsafe, replacing: word.range, with: $0)]
          } ?? [])
      case .noRule:
        findings.report(
          .noRule, at: comment.range, hint: "Write \"# pgtopo: allow RULE -- the reason\".")
      case .noReason, nil: continue
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknownWord(_ word: String) -> Self {
    "unrecognized word \(name: word) after \"pgtopo:\""
  }

  fileprivate static let noRule: Self = "the allowance names no rule"
}
