import Diagnostics
import TopologyLint
import TopologyModel

/// What is to be said about the topology files of one run.
struct Judgement {
  /// Those that could be read and resolved, in the order of the files.
  let topologies: [ResolvedTopology]
  let diagnostics: [Diagnostic]

  init(_ files: [SourceFile]) {
    var diagnostics: [Diagnostic] = []
    topologies = files.compactMap { ResolvedTopology.read($0, &diagnostics) }
    self.diagnostics = diagnostics + Linting.findings(in: topologies)
  }

  func contains(_ severity: Severity) -> Bool {
    diagnostics.contains { $0.severity == severity }
  }
}
