import Diagnostics
import Reporting
import SourceText
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
  private var notices: [Diagnostic] = []
  private var failures: [CommandError] = []

  init(in environment: Environment) { self.environment = environment }

  /// The policy of a topology file, the standard one when nothing is configured.
  mutating func policy(of file: SourceFile) -> LintPolicy {
    let path = Path.absolute(file.path, in: environment.currentFolder)
    return policy(in: Path.folder(of: path)) ?? LintPolicy()
  }

  /// The policy in a file that was named.
  mutating func policy(named path: String) -> LintPolicy {
    let absolute = Path.absolute(path, in: environment.currentFolder)
    if let known = read[absolute] { return known }
    do throws(FileError) {
      let id = SourceFile.ID(sources.count)
      let source = SourceFile(id: id, path: path, bytes: try environment.files.readNamed(absolute))
      sources.append(source)
      var problems: [Diagnostic] = []
      let configuration = LintConfiguration.read(source, &problems)
      diagnostics += problems
      notices += configuration?.notices ?? []
      read[absolute] = configuration?.policy ?? LintPolicy()
    } catch {
      failures.append(CommandError(reading: path, error))
      read[absolute] = LintPolicy()
    }
    return read[absolute] ?? LintPolicy()
  }

  private mutating func policy(in folder: String) -> LintPolicy? {
    if let known = found[folder] { return known }
    let path = Path.join(folder, LintConfiguration.name)
    var policy: LintPolicy?
    // Whatever has that name is meant, also a link that leads nowhere: to go on to another
    // configuration would be to judge by the wrong one.
    if (try? environment.files.kind(path)) != nil {
      policy = self.policy(
        named: Path.display(path, in: environment.currentFolder))
    } else if folder != "/", (try? environment.files.kind(Path.join(folder, ".git"))) == nil {
      policy = self.policy(in: Path.folder(of: folder))
    }
    found[folder] = .some(policy)
    return policy
  }

  /// What is no mistake and yet to be told of the files, each once.
  func notices(_ style: Style) -> String {
    notices.isEmpty ? "" : Reporter.text.render(Report(notices, files: sources), style) + "\n"
  }

  /// Throws what is wrong with the files: those that could not be read, and every mistake in
  /// the others.
  func checkSound(_ style: Style) throws(CommandError) {
    var failures = failures
    if !diagnostics.isEmpty {
      let report = Report(diagnostics, files: sources)
      failures.append(CommandError(report: Reporter.text.render(report, style)))
    }
    if !failures.isEmpty { throw CommandError(failures) }
  }
}
