package import Diagnostics
package import TopologyModel

/// Judges a topology by every rule.
package enum Linting {
  /// What the rules find, less what the topology allows, in the order of the file.
  package static func findings(in topology: ResolvedTopology) -> [Diagnostic] {
    LintRule.all.flatMap { $0.findings(in: topology) }.sorted {
      $0.range.lowerBound < $1.range.lowerBound
    }
  }
}
