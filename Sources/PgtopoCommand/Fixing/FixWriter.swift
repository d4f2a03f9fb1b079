import Diagnostics

/// Writes fixed files, and never over what somebody else wrote meanwhile.
struct FixWriter {
  let environment: Environment

  /// Writes the files that changed. What cannot be written is told to the outcome, and the
  /// rest is written all the same.
  func write(_ files: [SourceFile], over before: [SourceFile], _ outcome: inout Outcome) {
    for (old, new) in zip(before, files) where old.bytes != new.bytes {
      do throws(FileError) { try write(new, over: old) } catch {
        outcome.fail("could not write file \"\(old.path)\": \(error.reason)")
      }
    }
  }

  private func write(_ new: SourceFile, over old: SourceFile) throws(FileError) {
    // The file that a link leads to is replaced, and not the link.
    let path = try environment.files.realPath(
      Path.absolute(old.path, in: environment.currentFolder))
    guard case .file(let mode) = try environment.files.targetKind(path) else {
      throw FileError("not a regular file")
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
