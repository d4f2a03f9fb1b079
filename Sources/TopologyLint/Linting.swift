package import Diagnostics
package import TopologyModel

/// Judges topologies by every rule.
package enum Linting {
  /// What the rules find in one topology, less what it allows, in the order of the file.
  package static func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    findings(in: [topology])
  }

  /// What the rules find in the topologies of one run, each from a file of its own.
  ///
  /// Files are in the order of their IDs. A finding that concerns two files stands in the
  /// later one, and only that one can allow it.
  package static func findings(in topologies: [ResolvedTopology]) -> [Diagnostic] {
    let allowed = Set(
      topologies.flatMap { topology in
        topology.allowances.map { Allowed(rule: $0.rule.value, file: topology.file) }
      })
    return LintRule.all.flatMap { $0.findings(in: topologies) }
      .filter { !allowed.contains(Allowed(rule: $0.id.description, file: $0.range.file)) }
      .sorted {
        ($0.range.file, $0.range.lowerBound, $0.id) < ($1.range.file, $1.range.lowerBound, $1.id)
      }
  }

  private struct Allowed: Hashable {
    let rule: String
    let file: SourceFile.ID
  }
}
