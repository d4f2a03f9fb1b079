import ArgumentParser
import Diagnostics
import Reporting

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

  /// The baseline that is to be read, or an empty one; nil when that failed.
  func known(_ style: Style, in environment: Environment, _ outcome: inout Outcome) -> Baseline? {
    guard let baseline else { return Baseline() }
    do throws(FileError) {
      let bytes = try environment.files.read(
        Path.absolute(baseline, in: environment.currentFolder))
      let file = SourceFile(path: baseline, bytes: bytes)
      var problems: [Diagnostic] = []
      if let known = Baseline.read(file, &problems) { return known }
      outcome.status = .failure
      outcome.errors += Reporter.text.render(Report(problems, files: [file]), style)
    } catch {
      outcome.fail("could not read file \"\(baseline)\": \(error.reason)")
    }
    return nil
  }

  /// Writes a baseline, never over a file that is none.
  func write(_ baseline: Baseline, to path: String, in environment: Environment) -> Outcome {
    let absolute = Path.absolute(path, in: environment.currentFolder)
    do throws(FileError) {
      var mode: UInt32 = 0o644
      var target = absolute
      switch try environment.files.targetKind(absolute) {
      case nil: break
      case .file(let old):
        (mode, target) = (old, try environment.files.realPath(absolute))
        let file = SourceFile(path: path, bytes: try environment.files.read(target))
        var problems: [Diagnostic] = []
        guard Baseline.read(file, &problems) != nil else {
          return .failure(
            "file \"\(path)\" is no baseline and was not overwritten",
            hint: "Name another file, or remove this one.")
        }
      default: return .failure("could not write file \"\(path)\": not a regular file")
      }
      try environment.files.write(target, Array(baseline.text.utf8), mode)
    } catch {
      return .failure("could not write file \"\(path)\": \(error.reason)")
    }
    let count = Report.count(baseline.counts.values.reduce(0, +), "finding")
    return Outcome(output: "\(path): \(count) written\n")
  }

  /// What a file is called in the baseline: its path from the baseline's folder.
  func name(of file: SourceFile, in environment: Environment) -> String {
    let home = Path.absolute(baseline ?? writeBaseline ?? ".", in: environment.currentFolder)
    return Path.relative(
      from: Path.folder(of: home), to: Path.absolute(file.path, in: environment.currentFolder))
  }
}
