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
  /// A topology of a million nodes has 150 MB. What is larger is no topology, and may have
  /// no end, such as /dev/zero.
  private static let largest = 1 << 30

  static func readAll(of descriptor: Int32) throws(FileError) -> [UInt8] {
    var info = stat()
    // One more than the size, so that the end of a file is seen without growing.
    let expected = fstat(descriptor, &info) == 0 ? Int(info.st_size) + 1 : 0
    var bytes: [UInt8] = []
    var chunk = max(64 << 10, min(expected, largest))
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
      guard start + count <= largest else { throw FileError("larger than 1 GiB") }
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
