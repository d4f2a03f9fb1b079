package import Diagnostics
import SourceText
package import TopologyModel

/// A check, and everything that is ever said about it.
///
/// The tests of a rule, `pgtopo explain` and the reference page are all computed from
/// its declaration.
package struct LintRule: Identifiable, Sendable {
  package enum Category: String, CaseIterable, Sendable {
    case network, replication, settings, durability, access, secrets, images, storage
    case housekeeping

    /// The categories that used to be part of this one: somebody who wrote its name back
    /// then meant them, too.
    package var formerParts: [Category] { self == .secrets ? [.images, .storage] : [] }
  }

  package let id: Diagnostic.ID
  /// Its former names: in allowances, configurations, baselines and on command lines, they
  /// still refer to the rule.
  package let formerNames: [String]
  package let severity: Severity
  package let category: Category
  /// What the rule reports, as one sentence.
  package let summary: String
  /// What happens and why it matters, for `pgtopo explain`.
  package let rationale: String
  /// Topologies with `▸ ◂` around every range that the rule reports; see `LintExample`.
  package let bad: [String]
  /// Topologies in which no rule at all finds anything.
  package let good: [String]
  /// The target that the rule is limited to; nil if it applies to all targets.
  package let target: Target.ID?
  /// Whether it compares the files of one run, so that its findings depend on all of them.
  package let comparesFiles: Bool
  /// Whether authors can accept its findings. Problems with allowances cannot be allowed.
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

  /// The rule's findings in the topologies of one run, allowed or not.
  package func findings(in topologies: [ResolvedTopology]) -> [Diagnostic] {
    var findings = Findings(rule: self)
    check(topologies.filter(judges), &findings)
    return findings.diagnostics
  }

  /// Whether the rule applies to this target.
  package func judges(_ topology: ResolvedTopology) -> Bool {
    target.map { $0 == topology.target.id } ?? true
  }

  package func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    findings(in: [topology])
  }

  /// Collects a rule's findings and signs them with the rule's name.
  struct Findings {
    let rule: LintRule
    private(set) var diagnostics: [Diagnostic] = []
    private var reported: Set<Diagnostic> = []

    init(rule: LintRule) { self.rule = rule }

    /// Duplicates are dropped: many nodes may share what is written once.
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
