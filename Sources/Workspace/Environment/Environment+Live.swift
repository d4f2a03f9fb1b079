#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

extension Environment {
  /// The process that runs, by calls of the C library: nothing here is worth the start-up
  /// time of Foundation.
  package static var live: Environment {
    Environment(
      files: .live,
      readInput: { () throws(FileError) in try LiveFiles.readAll(of: STDIN_FILENO) },
      write: { text, stream throws(FileError) in
        var text = text
        let descriptor = stream.descriptor
        try text.withUTF8Bytes { bytes throws(FileError) in
          try LiveFiles.write(bytes, to: descriptor)
        }
      },
      isTerminal: { isatty($0.descriptor) == 1 },
      variable: { name in getenv(name).map { String(cString: $0) } },
      currentFolder: currentFolder,
      workers: { max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN)))) })
  }

  /// Falls back to "/" when the folder was removed: then every relative path fails with the
  /// system's own words.
  private static var currentFolder: String {
    guard let path = getcwd(nil, 0) else { return "/" }
    defer { free(path) }
    return String(cString: path)
  }
}

extension Environment.Stream {
  fileprivate var descriptor: Int32 {
    switch self {
    case .output: STDOUT_FILENO
    case .errors: STDERR_FILENO
    }
  }
}

extension String {
  fileprivate mutating func withUTF8Bytes(
    _ body: (UnsafeRawBufferPointer) throws(FileError) -> Void
  ) throws(FileError) {
    var failure: FileError?
    withUTF8 { bytes in
      do throws(FileError) { try body(UnsafeRawBufferPointer(bytes)) } catch { failure = error }
    }
    if let failure { throw failure }
  }
}
