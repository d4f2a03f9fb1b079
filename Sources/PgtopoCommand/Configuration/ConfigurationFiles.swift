import Diagnostics
import Reporting
import TopologyLint

/// Finds and reads the configuration of each topology file: the nearest `.pgtopo.yml` in
/// its folder or above, up to the root of the repository.
struct ConfigurationFiles {
  private let environment: Environment
  /// By folder; nil where there is none.
  private var found: [String: LintPolicy?] = [:]
  private var read: [String: LintPolicy] = [:]
  private(set) var sources: [SourceFile] = []
  private(set) var diagnostics: [Diagnostic] = []

  init(in environment: Environment) { self.environment = environment }

  /// The policy of a topology file, the standard one when nothing is configured.
  mutating func policy(of file: SourceFile, _ outcome: inout Outcome) -> LintPolicy {
    let path = Path.absolute(file.path, in: environment.currentFolder)
    return policy(in: Path.folder(of: path), &outcome) ?? LintPolicy()
  }

  /// The policy in a file that was named.
  mutating func policy(named path: String, _ outcome: inout Outcome) -> LintPolicy {
    let absolute = Path.absolute(path, in: environment.currentFolder)
    if let known = read[absolute] { return known }
    do throws(FileError) {
      let id = SourceFile.ID(sources.count)
      let source = SourceFile(id: id, path: path, bytes: try environment.files.read(absolute))
      sources.append(source)
      var problems: [Diagnostic] = []
      let policy = LintConfiguration.read(source, &problems)?.policy
      diagnostics += problems
      read[absolute] = policy ?? LintPolicy()
    } catch {
      outcome.fail("could not read file \"\(path)\": \(error.reason)")
      read[absolute] = LintPolicy()
    }
    return read[absolute] ?? LintPolicy()
  }

  private mutating func policy(in folder: String, _ outcome: inout Outcome) -> LintPolicy? {
    if let known = found[folder] { return known }
    let path = Path.join(folder, LintConfiguration.name)
    var policy: LintPolicy?
    if case .file? = try? environment.files.targetKind(path) {
      policy = self.policy(
        named: Path.display(path, in: environment.currentFolder), &outcome)
    } else if folder != "/", (try? environment.files.kind(Path.join(folder, ".git"))) == nil {
      policy = self.policy(in: Path.folder(of: folder), &outcome)
    }
    found[folder] = .some(policy)
    return policy
  }

  /// Complains about every mistake in the files that were read; false when there was one.
  func areSound(_ style: Style, _ outcome: inout Outcome) -> Bool {
    guard !diagnostics.isEmpty else { return outcome.status != .failure }
    outcome.status = .failure
    outcome.errors += Reporter.text.render(Report(diagnostics, files: sources), style)
    return false
  }
}
