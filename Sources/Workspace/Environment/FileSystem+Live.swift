import SourceText

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension FileSystem {
  /// The machine's own files.
  package static var live: FileSystem {
    FileSystem(
      read: { path throws(FileError) in
        try LiveFiles.contents(of: path, opening: O_NONBLOCK | O_NOCTTY) { info throws(FileError) in
          // The system's own words about a folder come from reading it.
          guard [S_IFREG, S_IFDIR].contains(info.st_mode & S_IFMT) else { throw .notRegular }
        }
      },
      readNamed: { path throws(FileError) in
        guard LiveFiles.isDescriptor(path) else { return try FileSystem.live.read(path) }
        return try LiveFiles.contents(of: path)
      },
      kind: { path throws(FileError) in
        var info = stat()
        return try LiveFiles.kind(lstat(path, &info), info)
      },
      targetKind: { path throws(FileError) in
        var info = stat()
        return try LiveFiles.kind(stat(path, &info), info)
      },
      realPath: { path throws(FileError) in
        guard let resolved = realpath(path, nil) else { throw .last }
        defer { free(resolved) }
        return String(cString: resolved)
      },
      write: { path, bytes, mode throws(FileError) in
        try LiveFiles.replace(path, with: bytes, mode: mode)
      },
      remove: { path throws(FileError) in
        guard unlink(path) == 0 else { throw .last }
      },
      list: { path throws(FileError) in try LiveFiles.names(in: path) },
      makeFolder: { path throws(FileError) in try LiveFiles.makeFolder(path) },
      removeFolder: { path throws(FileError) in
        guard rmdir(path) == 0 else { throw .last }
      })
  }
}

extension LiveFiles {
  fileprivate static func kind(
    _ result: Int32, _ info: stat
  ) throws(FileError) -> FileSystem.Kind? {
    guard result == 0 else {
      // ENOTDIR: there is a file where the path has a folder, so nothing lies below it.
      if errno == ENOENT || errno == ENOTDIR { return nil }
      throw .last
    }
    return switch info.st_mode & S_IFMT {
    case S_IFREG: .file(mode: UInt32(info.st_mode & 0o7777))
    case S_IFDIR: .folder
    case S_IFLNK: .symbolicLink
    default: .other
    }
  }

  fileprivate static func names(in path: String) throws(FileError) -> [String] {
    guard let folder = opendir(path) else { throw .last }
    defer { closedir(folder) }
    var names: [String] = []
    while let entry = readdir(folder) {
      let name = withUnsafePointer(to: &entry.pointee.d_name) { field in
        field.withMemoryRebound(to: CChar.self, capacity: MemoryLayout.size(ofValue: field.pointee))
        { String(cString: $0) }
      }
      if name != ".", name != ".." { names.append(name) }
    }
    return names
  }

  fileprivate static func makeFolder(_ path: String) throws(FileError) {
    if mkdir(path, 0o755) == 0 { return }
    if errno == ENOENT {
      try makeFolder(Path.folder(of: path))
      if mkdir(path, 0o755) == 0 { return }
    }
    let failure = FileError.last
    var info = stat()
    guard stat(path, &info) == 0, info.st_mode & S_IFMT == S_IFDIR else { throw failure }
  }
}
