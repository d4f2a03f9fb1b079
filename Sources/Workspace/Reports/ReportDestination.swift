import Diagnostics
package import Reporting
package import SourceText

/// A report and where it goes.
package struct ReportDestination: Sendable {
  package let reporter: Reporter
  /// As the user gave it; nil is standard output.
  package let file: String?

  package init(_ reporter: Reporter, to file: String?) {
    (self.reporter, self.file) = (reporter, file)
  }

  /// Refuses what is no place for a report, before any work is done.
  ///
  /// - Parameter read: Paths of files that the run reads.
  package func check(
    sparing read: [String], in environment: Environment
  ) throws(CommandError) {
    guard let file else { return }
    guard !file.isEmpty else {
      throw CommandError(
        "the name of an output file is empty", hint: "Write \"-\" for standard output.")
    }
    let path = Path.absolute(file, in: environment.currentFolder)
    let spared = read.map { Path.absolute($0, in: environment.currentFolder) }
    guard !spared.contains(path), Path.name(of: path) != LintConfiguration.name else {
      throw CommandError(
        "output file \(name: file) is a file that lint reads", hint: "Name another file.")
    }
    do throws(FileError) {
      switch try environment.files.kind(path) {
      case .file: break
      case .folder:
        throw FileError("Is a directory")
      case .symbolicLink, .other:
        throw FileError.notRegular
      case nil:
        guard try environment.files.targetKind(Path.folder(of: path)) == .folder else {
          throw FileError("there is no folder \"\(Path.folder(of: file))\"")
        }
      }
    } catch {
      throw CommandError(
        "cannot write output file \(name: file): \(text: error.reason)",
        hint: "Name a file in a folder that exists, or \"-\" for standard output.")
    }
  }

  /// Whether one report would replace the other.
  package func isSame(as other: ReportDestination, in environment: Environment) -> Bool {
    guard let file, let otherFile = other.file else { return file == other.file }
    return Path.absolute(file, in: environment.currentFolder)
      == Path.absolute(otherFile, in: environment.currentFolder)
  }

  /// Whether a file holds what one of the sources does; an empty one may be replaced.
  private static func isOne(
    of sources: [SourceFile], _ path: String, in environment: Environment
  ) throws(FileError) -> Bool {
    do throws(FileError) {
      let contents = try environment.files.read(path)
      return !contents.isEmpty && sources.contains { $0.bytes == contents }
    } catch .tooLarge {
      // No source is, but an earlier report may be.
      return false
    }
  }

  /// Writes a report whole or not at all. One of the sources, under whatever name, stays.
  package static func write(
    _ text: String, to file: String, sparing sources: [SourceFile], in environment: Environment
  ) throws(CommandError) {
    let path = Path.absolute(file, in: environment.currentFolder)
    do throws(FileError) {
      var mode: UInt32 = 0o644
      if case .file(let existing) = try environment.files.kind(path) {
        mode = existing
        guard try !isOne(of: sources, path, in: environment) else {
          throw FileError("it is one of the topology files")
        }
      }
      try environment.files.write(path, Array(text.utf8), mode)
    } catch {
      throw CommandError("could not write output file \(name: file): \(text: error.reason)")
    }
  }
}
