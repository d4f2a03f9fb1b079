import ArgumentParser
import Diagnostics
import Reporting
import SourceText

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
  func known(_ style: Style, in environment: Environment) throws(CommandFailure) -> Baseline {
    guard let baseline else { return Baseline() }
    let path = Path.absolute(baseline, in: environment.currentFolder)
    let bytes: [UInt8]
    do throws(FileError) { bytes = try environment.files.read(path) } catch {
      throw CommandFailure(reading: baseline, error)
    }
    let file = SourceFile(path: baseline, bytes: bytes)
    var problems: [Diagnostic] = []
    if let known = Baseline.read(file, &problems) { return known }
    throw CommandFailure(report: Reporter.text.render(Report(problems, files: [file]), style))
  }

  /// Writes a baseline, never over a file that is none.
  ///
  /// - Returns: What is said of it.
  func write(
    _ baseline: Baseline, to path: String, in environment: Environment
  ) throws(CommandFailure) -> String {
    guard try replace(path, with: baseline, in: environment) else {
      throw CommandFailure(
        "file \(name: path) is no baseline and was not overwritten",
        hint: "Name another file, or remove this one.")
    }
    let count = Report.count(baseline.counts.values.reduce(0, +), "finding")
    return "\(VisibleText.escaping(path)): \(count) written\n"
  }

  /// False when what is there is no baseline.
  private func replace(
    _ path: String, with baseline: Baseline, in environment: Environment
  ) throws(CommandFailure) -> Bool {
    do throws(FileError) {
      var (target, mode) = (Path.absolute(path, in: environment.currentFolder), UInt32(0o644))
      var old: SourceFile?
      switch try environment.files.targetKind(target) {
      case nil: break
      case .file(let kept):
        (mode, target) = (kept, try environment.files.realPath(target))
        old = SourceFile(path: path, bytes: try environment.files.read(target))
      default: throw FileError("not a regular file")
      }
      var problems: [Diagnostic] = []
      if let old, Baseline.read(old, &problems) == nil { return false }
      try environment.files.write(target, Array(baseline.text.utf8), mode)
      return true
    } catch {
      throw CommandFailure("could not write file \(name: path): \(text: error.reason)")
    }
  }

  /// What a file is called in the baseline: its path from the baseline's folder.
  func name(of file: SourceFile, in environment: Environment) -> String {
    let home = Path.absolute(baseline ?? writeBaseline ?? ".", in: environment.currentFolder)
    return Path.relative(
      from: Path.folder(of: home), to: Path.absolute(file.path, in: environment.currentFolder))
  }
}
