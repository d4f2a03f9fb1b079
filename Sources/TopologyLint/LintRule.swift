package import Diagnostics
package import TopologyModel

/// One check and everything that is ever said about it.
///
/// The tests of a rule, `pgtopo explain` and the reference page are all computed from
/// its declaration.
package struct LintRule: Identifiable, Sendable {
  package enum Category: String, CaseIterable, Sendable {
    case network, replication, settings, durability, access, secrets, housekeeping
  }

  package let id: Diagnostic.ID
  package let severity: Severity
  package let category: Category
  /// What the rule reports, as one sentence.
  package let summary: String
  /// What happens and why it matters, for `pgtopo explain`.
  package let rationale: String
  /// Topologies with `▸ ◂` around every range that the rule reports; see `LintExample`.
  package let bad: [String]
  /// Topologies on which no rule at all has anything to say.
  package let good: [String]
  private let check: @Sendable (ResolvedTopology, inout Findings) -> Void

  init(
    _ id: Diagnostic.ID, _ severity: Severity, _ category: Category, summary: String,
    rationale: String, bad: [String], good: [String],
    check: @escaping @Sendable (ResolvedTopology, inout Findings) -> Void
  ) {
    (self.id, self.severity, self.category) = (id, severity, category)
    (self.summary, self.rationale, self.bad, self.good) = (summary, rationale, bad, good)
    self.check = check
  }

  package func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    var findings = Findings(rule: self)
    check(topology, &findings)
    return findings.diagnostics
  }

  /// Collects what a rule reports and signs it with the rule's name.
  struct Findings {
    let rule: LintRule
    private(set) var diagnostics: [Diagnostic] = []

    init(rule: LintRule) { self.rule = rule }

    mutating func report(
      _ message: Diagnostic.Message, at range: SourceRange, notes: [Diagnostic.Note] = [],
      hint: String? = nil
    ) {
      diagnostics.append(
        Diagnostic(rule.id, rule.severity, message, at: range, notes: notes, hint: hint))
    }
  }
}
