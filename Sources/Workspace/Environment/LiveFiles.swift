import SourceText

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Reading and writing by file descriptor.
enum LiveFiles {
  /// Whether a path leads to what the process has open already: a shell's `<(…)` is one, and a
  /// pipe of that kind never waits for somebody to open its other end.
  static func isDescriptor(_ path: String) -> Bool {
    let path = Path.canonical(path)
    return ["/dev/fd/", "/proc/self/fd/"].contains { path.hasPrefix($0) } || path == "/dev/stdin"
  }

  /// - Parameters:
  ///   - flags: How to open it besides for reading.
  ///   - check: Refuses what is not to be read, of what was opened.
  static func contents(
    of path: String, opening flags: Int32 = 0,
    _ check: (stat) throws(FileError) -> Void = { _ in }
  ) throws(FileError) -> [UInt8] {
    let descriptor = open(path, O_RDONLY | O_CLOEXEC | flags)
    guard descriptor >= 0 else {
      // A socket has no contents to open.
      throw errno == ENXIO ? .notRegular : .last
    }
    defer { close(descriptor) }
    var info = stat()
    guard fstat(descriptor, &info) == 0 else { throw .last }
    try check(info)
    return try readAll(of: descriptor)
  }

  /// The rest of what can be read, up to `FileError.largest`.
  static func readAll(of descriptor: Int32) throws(FileError) -> [UInt8] {
    var info = stat()
    // One more than the size, so that the end of a file is seen without growing.
    let expected = fstat(descriptor, &info) == 0 ? Int(info.st_size) + 1 : 0
    guard expected <= FileError.largest + 1 else { throw .tooLarge }
    var bytes: [UInt8] = []
    var chunk = max(64 << 10, expected)
    while true {
      let start = bytes.count
      var count = 0
      bytes.append(
        contentsOf: [UInt8](unsafeUninitializedCapacity: chunk) { buffer, initialized in
          repeat {
            count = read(descriptor, buffer.baseAddress, chunk)
          } while count < 0
            && errno == EINTR
          initialized = max(count, 0)
        })
      guard count >= 0 else { throw .last }
      if count == 0 { return bytes }
      guard start + count <= FileError.largest else { throw .tooLarge }
      chunk = 64 << 10
    }
  }

  static func write(_ bytes: UnsafeRawBufferPointer, to descriptor: Int32) throws(FileError) {
    var rest = bytes[...]
    while let start = UnsafeRawBufferPointer(rebasing: rest).baseAddress, !rest.isEmpty {
      #if canImport(Darwin)
        let count = Darwin.write(descriptor, start, rest.count)
      #elseif canImport(Musl)
        let count = Musl.write(descriptor, start, rest.count)
      #else
        let count = Glibc.write(descriptor, start, rest.count)
      #endif
      if count < 0 {
        if errno == EINTR { continue }
        throw .last
      }
      rest = rest.dropFirst(count)
    }
  }

  /// Writes a file of its own in the same folder and renames it, so that a reader sees the
  /// old contents or the new ones, also after a loss of power.
  ///
  /// The temporary name is always the same: what an interrupted run left is used up by the
  /// next one.
  static func replace(_ path: String, with bytes: [UInt8], mode: UInt32) throws(FileError) {
    let folder = Path.folder(of: path)
    let temporary = Path.join(folder, ".\(Path.name(of: path)).pgtopo-new")
    guard unlink(temporary) == 0 || errno == ENOENT else { throw .last }
    // The mode from the start, so that a secret is never readable; the umask can only take
    // bits away, and fchmod puts back what it took.
    let descriptor = open(
      temporary, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode_t(mode))
    guard descriptor >= 0 else { throw .last }
    do throws(FileError) {
      defer { close(descriptor) }
      guard fchmod(descriptor, mode_t(mode)) == 0 else { throw .last }
      var failure: FileError?
      bytes.withUnsafeBytes { buffer in
        do throws(FileError) { try write(buffer, to: descriptor) } catch { failure = error }
      }
      if let failure { throw failure }
      guard fsync(descriptor) == 0 else { throw .last }
      guard rename(temporary, path) == 0 else { throw .last }
    } catch {
      unlink(temporary)
      throw error
    }
    synchronize(folder)
  }

  /// Makes a rename in the folder last. Some file systems cannot do that for a folder; the
  /// file is in place all the same.
  private static func synchronize(_ folder: String) {
    let descriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
    guard descriptor >= 0 else { return }
    fsync(descriptor)
    close(descriptor)
  }
}

extension FileError {
  /// The failure of the last call.
  static var last: FileError {
    let code = errno
    return FileError(String(cString: strerror(code)), isBrokenPipe: code == EPIPE)
  }
}
