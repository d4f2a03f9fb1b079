import ArgumentParser
import Reporting
import SourceText
import Workspace

/// Findings that are known.
struct BaselineOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp("Leave out the findings that are in this file.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var baseline: String?

  @Option(
    help: ArgumentHelp(
      "Write the findings of this run into a file, for --baseline.", valueName: "file"),
    completion: .file(extensions: ["json"]))
  var writeBaseline: String?

  func validate() throws {
    guard baseline == nil || writeBaseline == nil else {
      throw ValidationError("Only one of --baseline and --write-baseline can be given.")
    }
  }

  /// The baseline that is to be read, or an empty one.
  func known(_ style: Style, in environment: Environment) throws(CommandError) -> Baseline {
    guard let baseline else { return Baseline() }
    return try Baseline.read(baseline, style, in: environment)
  }

  /// Where the paths of a baseline start; absolute.
  func folder(in environment: Environment) -> String {
    Path.folder(
      of: Path.absolute(baseline ?? writeBaseline ?? ".", in: environment.currentFolder))
  }

  /// Writes a baseline, never over a file that is none.
  ///
  /// - Returns: What is said of it.
  func write(
    _ baseline: Baseline, to path: String, in environment: Environment
  ) throws(CommandError) -> String {
    try baseline.write(to: path, in: environment)
    let count = Report.count(baseline.findingCount, "finding")
    return "\(VisibleText.escaping(path)): \(count) written\n"
  }
}
