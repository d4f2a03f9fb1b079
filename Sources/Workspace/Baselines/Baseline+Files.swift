import Diagnostics
package import Reporting
import SourceText

extension Baseline {
  /// The baseline in a file.
  ///
  /// - Parameter style: How its mistakes are reported.
  package static func read(
    _ path: String, _ style: Style, in environment: Environment
  ) throws(CommandError) -> Baseline {
    let bytes: [UInt8]
    do throws(FileError) {
      bytes = try environment.files.readNamed(Path.absolute(path, in: environment.currentFolder))
    } catch {
      throw CommandError(reading: path, error)
    }
    let file = SourceFile(path: path, bytes: bytes)
    var problems: [Diagnostic] = []
    if let known = read(file, &problems) { return known }
    throw CommandError(report: Reporter.text.render(Report(problems, files: [file]), style))
  }

  /// Writes it into a file, never over one that is no baseline.
  package func write(to path: String, in environment: Environment) throws(CommandError) {
    guard try replace(path, in: environment) else {
      throw CommandError(
        "file \(name: path) is no baseline and was not overwritten",
        hint: "Name another file, or remove this one.")
    }
  }

  /// False when what is there is no baseline.
  private func replace(
    _ path: String, in environment: Environment
  ) throws(CommandError) -> Bool {
    do throws(FileError) {
      var (target, mode) = (Path.absolute(path, in: environment.currentFolder), UInt32(0o644))
      var old: SourceFile?
      switch try environment.files.targetKind(target) {
      case nil: break
      case .file(let kept):
        (mode, target) = (kept, try environment.files.realPath(target))
        old = SourceFile(path: path, bytes: try environment.files.read(target))
      default: throw FileError.notRegular
      }
      var problems: [Diagnostic] = []
      if let old, Self.read(old, &problems) == nil { return false }
      try environment.files.write(target, Array(text.utf8), mode)
      return true
    } catch {
      throw CommandError("could not write file \(name: path): \(text: error.reason)")
    }
  }
}
