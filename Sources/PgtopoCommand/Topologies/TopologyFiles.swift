import Diagnostics

/// The topology files that a command line means.
struct TopologyFiles {
  /// What `pgtopo` takes for a topology when no path is given.
  static let names = "topology.yml, topology.yaml or *.pgtopo.yml"

  private(set) var files: [SourceFile] = []
  private let environment: Environment
  private var seen: Set<String> = []

  init(in environment: Environment) { self.environment = environment }

  /// Reads what a path means: a file, a folder's topology files, or `-`.
  ///
  /// A file that was read before is passed over. What could not be read is told to the
  /// outcome, and the rest is read all the same.
  mutating func read(_ path: String, standardInputName: String, _ outcome: inout Outcome) {
    do throws(FileError) {
      if path == "-" {
        guard seen.insert(path).inserted else { return }
        append(standardInputName, try environment.readInput())
      } else if try environment.files.targetKind(resolve(path)) == .folder {
        let names = try Self.names(in: resolve(path), environment)
        if names.isEmpty { outcome.failNothingFound(in: path) }
        for name in names {
          read(Path.join(path, name), standardInputName: standardInputName, &outcome)
        }
      } else if seen.insert(resolve(path)).inserted {
        append(path, try environment.files.read(resolve(path)))
      }
    } catch {
      let name = path == "-" ? "standard input" : "file \"\(path)\""
      outcome.fail("could not read \(name): \(error.reason)")
    }
  }

  /// The names of the topology files in a folder, sorted. Not in the folders below it.
  static func names(in folder: String, _ environment: Environment) throws(FileError) -> [String] {
    try environment.files.list(folder).filter { name in
      name == "topology.yml" || name == "topology.yaml"
        || name.hasSuffix(".pgtopo.yml") && !name.hasPrefix(".")
    }.sorted()
  }

  /// The one file that is meant: that at a path, or that in the current folder. Nil when the
  /// outcome says why there is none.
  static func single(
    _ path: String?, hint: String, in environment: Environment, _ outcome: inout Outcome
  ) -> SourceFile? {
    var sources = TopologyFiles(in: environment)
    sources.read(path ?? ".", standardInputName: "<stdin>", &outcome)
    guard outcome.status == .clean else { return nil }
    if sources.files.count > 1 {
      let names = sources.files.map { "\"\($0.path)\"" }.joined(separator: ", ")
      outcome.fail("more than one topology file: \(names)", hint: hint)
      return nil
    }
    return sources.files.first
  }

  private func resolve(_ path: String) -> String {
    Path.absolute(path, in: environment.currentFolder)
  }

  private mutating func append(_ path: String, _ bytes: [UInt8]) {
    files.append(SourceFile(id: SourceFile.ID(files.count), path: path, bytes: bytes))
  }
}

extension Outcome {
  mutating func failNothingFound(in path: String) {
    let place = path == "." ? "the current folder" : "folder \"\(path)\""
    fail(
      "no topology file in \(place)",
      hint: "Name a file, or call it \(TopologyFiles.names).")
  }
}
