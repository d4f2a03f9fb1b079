import SourceText

/// The files that postgresql.conf and pg_hba.conf include, and how the server finds them
/// (conffiles.c). The caller supplies the functions that read them: nothing here accesses a disk.
package struct IncludedFiles: Sendable {
  package enum ReadError: Error, Hashable, Sendable {
    /// The system's error text, such as `No such file or directory`.
    case cannotOpen(String, isMissing: Bool)
    /// A folder in place of a file.
    case isFolder
    /// The files are too many or too large in all; says which limit is exceeded.
    case tooMuch(String)

    package static let missing = ReadError.cannotOpen("No such file or directory", isMissing: true)
  }

  package typealias Read = @Sendable (String) throws(ReadError) -> [UInt8]
  package typealias List = @Sendable (String) throws(ReadError) -> [String]

  /// The contents of a file.
  package let read: Read
  /// The names in a folder, except those of folders, in any order.
  package let list: List

  package init(read: @escaping Read, list: @escaping List) {
    (self.read, self.list) = (read, list)
  }

  /// A single file.
  package static func only(_ bytes: [UInt8], at path: String) -> IncludedFiles {
    IncludedFiles(
      read: { name throws(ReadError) in
        guard name == path else { throw .missing }
        return bytes
      },
      list: { _ throws(ReadError) in throw .missing })
  }

  /// How many files are read for one file: once one of these limits is reached, no more.
  ///
  /// A server limits only the depth. If a file includes itself, or two include each other,
  /// the number of times that they are read is a power of ten: in three lines 59,050 rows of
  /// `pg_hba_file_rules` or `pg_file_settings` in one second (PostgreSQL 17); in four a
  /// million rows in twenty, and in eight the memory ends, at 4 GB after fifty seconds.
  struct Allowance {
    static let fileCount = 1000
    static let byteCount = 16 << 20

    private var files = 0
    /// Of the included files that have been read.
    private var bytes = 0

    /// Reads the next file.
    mutating func read(
      _ path: String, of included: IncludedFiles
    ) throws(ReadError) -> [UInt8] {
      guard files < Self.fileCount else {
        throw .tooMuch("maximum of \(Self.fileCount) files in all exceeded")
      }
      // The first file is as large as it is.
      guard files < 2 || bytes < Self.byteCount else {
        throw .tooMuch("maximum of \(Self.byteCount >> 20) MB in all exceeded")
      }
      files += 1
      let content = try included.read(path)
      if files > 1 { bytes += content.count }
      return content
    }
  }

  /// CONF_FILE_MAX_DEPTH in conffiles.h.
  static let maximumDepth = 10

  /// The path of a file that another file includes: an absolute name as is, a relative one
  /// from the folder of the other file (`AbsoluteConfigLocation`).
  static func path(of name: String, namedIn file: String) -> String {
    guard name.utf8.first != UInt8(ascii: "/") else { return name }
    let path = file.lastIndex(of: "/").map { file[...$0] + name } ?? name
    return Path.canonical(HBAText.decode(HBAText.encode(path).prefix(maximumLength)))
  }

  /// MAXPGPATH minus the NUL; the server cuts off the rest.
  private static let maximumLength = 1023

  /// The files that `include_dir` takes from a folder: those whose names end with `.conf`
  /// and do not begin with a dot, in byte order (`GetConfFilesInDir`).
  func files(in folder: String) throws(ReadError) -> [String] {
    try list(folder).filter { name in
      let name = name.utf8
      return name.count >= 6 && name.first != UInt8(ascii: ".")
        && name.suffix(5).elementsEqual(".conf".utf8)
    }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    .map { Path.canonical(Path.join(folder, $0)) }
  }

  /// Whether the server treats the name as empty, and says so instead of looking for a file.
  static func isBlank(_ name: String) -> Bool {
    name.utf8.allSatisfy { " \t\r\n".utf8.contains($0) }
  }
}
