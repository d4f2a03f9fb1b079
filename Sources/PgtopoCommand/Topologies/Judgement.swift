import Diagnostics
import TopologyLint
import TopologyModel

/// What is to be said about the topology files of one run.
struct Judgement {
  /// Those that could be read and resolved, in the order of the files.
  let topologies: [ResolvedTopology]
  let diagnostics: [Diagnostic]

  init(_ files: [SourceFile], in environment: Environment) {
    var diagnostics: [Diagnostic] = []
    topologies = files.compactMap { file in
      var topology = ResolvedTopology.read(file, &diagnostics)
      if let found = topology {
        let folder = Path.absolute(Path.folder(of: file.path), in: environment.currentFolder)
        topology?.files = FileFacts(of: found, in: folder, environment.files)
      }
      return topology
    }
    self.diagnostics = diagnostics + Linting.findings(in: topologies)
  }

  func contains(_ severity: Severity) -> Bool {
    diagnostics.contains { $0.severity == severity }
  }
}
