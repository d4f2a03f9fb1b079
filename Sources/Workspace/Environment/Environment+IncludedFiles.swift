package import PostgreSQL
import SourceText

extension Environment {
  /// What a path means; `-` is standard input.
  package func contents(of path: String) throws(CommandError) -> [UInt8] {
    do throws(FileError) {
      return path == "-"
        ? try readInput() : try files.readNamed(Path.absolute(path, in: currentFolder))
    } catch {
      throw CommandError(reading: path, error)
    }
  }

  /// A file that was read, and those that it includes: the disk's as a server opens them.
  package func includedFiles(of path: String, _ bytes: [UInt8]) -> IncludedFiles {
    IncludedFiles(
      read: { name throws(IncludedFiles.ReadError) in
        try name == path ? bytes : included(name)
      },
      list: { folder throws(IncludedFiles.ReadError) in try names(in: folder) })
  }

  private func included(_ path: String) throws(IncludedFiles.ReadError) -> [UInt8] {
    let path = Path.absolute(path, in: currentFolder)
    let kind: FileSystem.Kind?
    do throws(FileError) { kind = try files.targetKind(path) } catch {
      throw .cannotOpen(error.reason, isMissing: false)
    }
    guard let kind else { throw .missing }
    guard kind != .folder else { throw .isFolder }
    do throws(FileError) { return try files.read(path) } catch {
      throw .cannotOpen(error.reason, isMissing: false)
    }
  }

  private func names(in folder: String) throws(IncludedFiles.ReadError) -> [String] {
    let folder = Path.absolute(folder, in: currentFolder)
    do throws(FileError) {
      return try files.list(folder).filter { name in
        (try? files.targetKind(Path.join(folder, name))) != .folder
      }
    } catch {
      throw .cannotOpen(error.reason, isMissing: false)
    }
  }
}
