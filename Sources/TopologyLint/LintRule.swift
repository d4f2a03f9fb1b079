package import Diagnostics
import SourceText
package import TopologyModel

/// One check and everything that is ever said about it.
///
/// The tests of a rule, `pgtopo explain` and the reference page are all computed from
/// its declaration.
package struct LintRule: Identifiable, Sendable {
  package enum Category: String, CaseIterable, Sendable {
    case network, replication, settings, durability, access, secrets, images, storage
    case housekeeping

    /// The categories that it held until they became categories of their own, so that somebody
    /// who wrote its name then meant them, too.
    package var formerParts: [Category] { self == .secrets ? [.images, .storage] : [] }
  }

  package let id: Diagnostic.ID
  /// What it was called before: in allowances, configurations, baselines and on command lines
  /// an old name means the rule still.
  package let formerNames: [String]
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
  /// The target without which there is nothing to find; nil where it is wrong anywhere.
  package let target: Target.ID?
  /// Whether it compares the files of one run, so that what it finds depends on them all.
  package let comparesFiles: Bool
  /// Whether authors can accept what it finds. Not what is wrong with allowances themselves.
  package let canBeAllowed: Bool
  private let check: @Sendable ([ResolvedTopology], inout Findings) -> Void

  /// A rule that judges each topology by itself.
  init(
    _ id: Diagnostic.ID, formerly formerNames: [String] = [], _ severity: Severity,
    _ category: Category, summary: String, rationale: String, bad: [String], good: [String],
    target: Target.ID? = nil, canBeAllowed: Bool = true,
    check: @escaping @Sendable (ResolvedTopology, inout Findings) -> Void
  ) {
    self.init(
      id, formerNames, severity, category, summary: summary, rationale: rationale, bad: bad,
      good: good,
      target: target, comparesFiles: false, canBeAllowed: canBeAllowed,
      checkAll: { topologies, findings in
        for topology in topologies { check(topology, &findings) }
      })
  }

  /// A rule that compares the topologies of one run.
  static func acrossFiles(
    _ id: Diagnostic.ID, formerly formerNames: [String] = [], _ severity: Severity,
    _ category: Category, summary: String, rationale: String, bad: [String], good: [String],
    target: Target.ID? = nil,
    check: @escaping @Sendable ([ResolvedTopology], inout Findings) -> Void
  ) -> LintRule {
    LintRule(
      id, formerNames, severity, category, summary: summary, rationale: rationale, bad: bad,
      good: good,
      target: target, comparesFiles: true, canBeAllowed: true, checkAll: check)
  }

  private init(
    _ id: Diagnostic.ID, _ formerNames: [String], _ severity: Severity, _ category: Category,
    summary: String, rationale: String, bad: [String], good: [String],
    target: Target.ID?, comparesFiles: Bool, canBeAllowed: Bool,
    checkAll: @escaping @Sendable ([ResolvedTopology], inout Findings) -> Void
  ) {
    (self.id, self.formerNames) = (id, formerNames)
    (self.severity, self.category) = (severity, category)
    (self.summary, self.rationale, self.bad, self.good) = (summary, rationale, bad, good)
    (self.target, self.comparesFiles) = (target, comparesFiles)
    self.canBeAllowed = canBeAllowed
    check = checkAll
  }

  /// What the rule finds in the topologies of one run, allowed or not.
  package func findings(in topologies: [ResolvedTopology]) -> [Diagnostic] {
    var findings = Findings(rule: self)
    check(topologies.filter(judges), &findings)
    return findings.diagnostics
  }

  /// Whether it has anything to say about what is for this target.
  package func judges(_ topology: ResolvedTopology) -> Bool {
    target.map { $0 == topology.target.id } ?? true
  }

  package func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    findings(in: [topology])
  }

  /// Collects what a rule reports and signs it with the rule's name.
  struct Findings {
    let rule: LintRule
    private(set) var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []

    init(rule: LintRule) { self.rule = rule }

    /// What is reported already is left out: many nodes may share what is written once.
    mutating func report(
      _ message: Diagnostic.Message, at range: SourceRange, notes: [Diagnostic.Note] = [],
      hint: Diagnostic.Message? = nil, fixes: [Fix] = []
    ) {
      let diagnostic = Diagnostic(
        rule.id, rule.severity, message, at: range, notes: notes, hint: hint, fixes: fixes)
      if reported.insert(diagnostic).inserted { diagnostics.append(diagnostic) }
    }
  }
}
