package import Diagnostics
import SourceText
package import TopologyModel

/// Judges topologies by rules, and leaves out what their authors allow.
package enum Linting {
  /// The findings of all rules in one topology, in the order of the file.
  package static func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    findings(in: [topology])
  }

  /// The findings of all rules in the topologies of one run, each from a file of its own.
  ///
  /// Files are in the order of their IDs. A finding about two files is reported in the
  /// later one, and only that one can allow it.
  package static func findings(in topologies: [ResolvedTopology]) -> [Diagnostic] {
    let found =
      topologies.flatMap { findings(in: $0, by: LintRule.all) }
      + findings(across: topologies, by: LintRule.all)
    return found.sorted {
      ($0.range.file, $0.range.lowerBound, $0.id) < ($1.range.file, $1.range.lowerBound, $1.id)
    }
  }

  /// The findings of the rules that judge each topology by itself.
  package static func findings(
    in topology: ResolvedTopology, by rules: [LintRule]
  ) -> [Diagnostic] {
    let found = rules.filter { !$0.comparesFiles }.flatMap { $0.findings(in: topology) }
    guard !found.isEmpty else { return [] }
    let allowed = Allowed(by: topology)
    return found.filter { !allowed.contains($0) }
  }

  /// The findings of the rules that compare topologies.
  package static func findings(
    across topologies: [ResolvedTopology], by rules: [LintRule]
  ) -> [Diagnostic] {
    let found = rules.filter(\.comparesFiles).flatMap { $0.findings(in: topologies) }
    guard !found.isEmpty else { return [] }
    let files = Set(found.map(\.range.file))
    var allowed: [SourceFile.ID: Allowed] = [:]
    for topology in topologies where files.contains(topology.file) {
      allowed[topology.file] = Allowed(by: topology)
    }
    return found.filter { allowed[$0.range.file]?.contains($0) != true }
  }

  /// The allowances of one topology, by rule.
  private struct Allowed {
    private let byRule: [String: [Allowance]]

    init(by topology: ResolvedTopology) {
      byRule = Dictionary(grouping: topology.allowances) {
        LintRule.byName[$0.rule.value]?.id.description ?? $0.rule.value
      }
    }

    func contains(_ finding: Diagnostic) -> Bool {
      guard let allowances = byRule[finding.id.description],
        LintRule.byName[finding.id.description]?.canBeAllowed != false
      else { return false }
      return allowances.contains { $0.covers(finding.range) }
    }
  }
}

extension LintRule {
  /// Every rule, under each name that it has or had.
  package static let byName = Dictionary(
    all.flatMap { rule in ([rule.id.description] + rule.formerNames).map { ($0, rule) } },
    uniquingKeysWith: { first, _ in first })
}
