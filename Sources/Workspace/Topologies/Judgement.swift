package import Diagnostics
package import SourceText
import TopologyLint
package import TopologyModel

/// What is to be said about the topology files of one run.
package struct Judgement: Sendable {
  /// Those that could be read and resolved, in the order of the files.
  package let topologies: [ResolvedTopology]
  /// In the order of files and rules, however many workers there were.
  package private(set) var diagnostics: [Diagnostic]

  /// - Parameters:
  ///   - policies: One for each file, by the index of its ID.
  ///   - target: What the topologies are judged for.
  ///   - workers: How many files are judged at a time.
  package init(
    _ files: [SourceFile], _ policies: LintPolicies = LintPolicies(),
    for target: Target, in environment: Environment, workers: Int = 1
  ) {
    let judged = Parallel.map(files.count, workers: workers) { index in
      FileJudgement(files[index], policies[files[index].id], for: target, in: environment)
    }
    topologies = judged.compactMap(\.topology)
    let rules = policies.rules(LintRule.all.filter(\.comparesFiles))
    let across = Linting.findings(across: topologies, by: rules).compactMap {
      policies[$0.range.file].applied(to: $0)
    }
    diagnostics = judged.flatMap(\.diagnostics) + across
  }

  /// Whether something that severe was found.
  package func contains(_ severity: Severity) -> Bool {
    diagnostics.contains { $0.severity == severity }
  }

  /// Whether something is as severe as its file's policy wants for a failure.
  package func fails(_ policies: LintPolicies) -> Bool {
    diagnostics.contains { $0.severity >= policies[$0.range.file].failOn }
  }

  /// The same with fewer diagnostics.
  func keeping(_ diagnostics: [Diagnostic]) -> Judgement {
    var judgement = self
    judgement.diagnostics = diagnostics
    return judgement
  }
}

/// What one file says by itself.
private struct FileJudgement: Sendable {
  let topology: ResolvedTopology?
  let diagnostics: [Diagnostic]

  init(_ file: SourceFile, _ policy: LintPolicy, for target: Target, in environment: Environment) {
    var diagnostics: [Diagnostic] = []
    var topology = ResolvedTopology.read(file, for: target, &diagnostics)
    if let read = topology {
      let folder = Path.absolute(Path.folder(of: file.path), in: environment.currentFolder)
      topology?.files = FileFacts(of: read, in: folder, environment.files)
    }
    self.topology = topology
    if let topology {
      let rules = LintRule.all.filter { policy.severity(of: $0) != nil }
      diagnostics += Linting.findings(in: topology, by: rules).compactMap(policy.applied)
    }
    self.diagnostics = diagnostics
  }
}

extension LintPolicy {
  /// A rule's finding at the severity that it has here; nil when the rule is off.
  fileprivate func applied(to finding: Diagnostic) -> Diagnostic? {
    guard let rule = LintRule.byName[finding.id.description] else { return finding }
    return severity(of: rule).map { $0 == finding.severity ? finding : finding.with($0) }
  }
}
