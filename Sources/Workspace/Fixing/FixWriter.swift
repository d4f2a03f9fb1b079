import Diagnostics
package import SourceText

/// Writes fixed files, and never over what somebody else wrote meanwhile.
package struct FixWriter {
  private let environment: Environment

  package init(in environment: Environment) { self.environment = environment }

  /// Writes the files that changed.
  ///
  /// - Returns: What could not be written; the rest is written all the same.
  package func write(_ files: [SourceFile], over before: [SourceFile]) -> [CommandError] {
    var failures: [CommandError] = []
    for (old, new) in zip(before, files) where old.bytes != new.bytes {
      do throws(FileError) { try write(new, over: old) } catch {
        failures.append(
          CommandError("could not write file \(name: old.path): \(text: error.reason)"))
      }
    }
    return failures
  }

  private func write(_ new: SourceFile, over old: SourceFile) throws(FileError) {
    // The file that a link leads to is replaced, and not the link.
    let path = try environment.files.realPath(
      Path.absolute(old.path, in: environment.currentFolder))
    guard case .file(let mode) = try environment.files.targetKind(path) else {
      throw FileError.notRegular
    }
    let now = try environment.files.read(path)
    // Two names for one file: it is done.
    if now == new.bytes { return }
    guard now == old.bytes else {
      throw FileError("it changed while it was being linted; nothing was written to it")
    }
    try environment.files.write(path, new.bytes, mode)
  }
}
