import Diagnostics
import SourceText
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
    lazy var names = NearestNames(LintRule.all.map(\.id.description))
    for allowance in topology.allowances {
      let (name, range) = (allowance.rule.value, allowance.rule.range)
      guard let rule = LintRule.byName[name] else {
        let nearest = names.nearest(to: name)?.name
        findings.report(
          .unknown(name), at: range,
          hint: nearest.map { "Perhaps you meant \(name: $0)." }
            ?? "\"pgtopo rules\" lists them all.",
          fixes: nearest.map { [Fix("Write \(name: $0).", .unsafe, replacing: range, with: $0)] }
            ?? [])
        continue
      }
      if !rule.canBeAllowed {
        findings.report(
          .cannotBeAllowed(name), at: range, hint: "Remove the allowance and what it is for.")
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ rule: String) -> Self {
    "rule \(name: rule) does not exist"
  }

  fileprivate static func cannotBeAllowed(_ rule: String) -> Self {
    "findings of \(name: rule) cannot be allowed"
  }
}
