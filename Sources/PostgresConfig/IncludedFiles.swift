import SourceText

/// The files that postgresql.conf and pg_hba.conf include, and how the server finds them
/// (conffiles.c). What reads them comes from outside: nothing here touches a disk.
package struct IncludedFiles: Sendable {
  package enum Failure: Error, Hashable, Sendable {
    /// The system's words, such as `No such file or directory`.
    case cannotOpen(String, isMissing: Bool)
    /// A folder in the place of a file.
    case isFolder

    package static let missing = Failure.cannotOpen("No such file or directory", isMissing: true)
  }

  package typealias Read = @Sendable (String) throws(Failure) -> [UInt8]
  package typealias List = @Sendable (String) throws(Failure) -> [String]

  /// The contents of a file.
  package let read: Read
  /// The names of what is no folder in a folder, in any order.
  package let list: List

  package init(read: @escaping Read, list: @escaping List) {
    (self.read, self.list) = (read, list)
  }

  /// One file alone.
  package static func only(_ bytes: [UInt8], at path: String) -> IncludedFiles {
    IncludedFiles(
      read: { name throws(Failure) in
        guard name == path else { throw .missing }
        return bytes
      },
      list: { _ throws(Failure) in throw .missing })
  }

  /// CONF_FILE_MAX_DEPTH in conffiles.h.
  static let maximumDepth = 10

  /// The path of a file that another one names: an absolute name as it is, a relative one from
  /// the folder of the other (`AbsoluteConfigLocation`).
  static func path(of name: String, namedIn file: String) -> String {
    guard name.utf8.first != UInt8(ascii: "/") else { return name }
    let path = file.lastIndex(of: "/").map { file[...$0] + name } ?? name
    return Path.canonical(HBAText.decode(HBAText.encode(path).prefix(maximumLength)))
  }

  /// MAXPGPATH less its NUL: what is beyond is cut off.
  private static let maximumLength = 1023

  /// What `include_dir` takes of a folder: the paths of files whose names end in `.conf` and do
  /// not begin with a dot, in the order of their bytes (`GetConfFilesInDir`).
  func files(in folder: String) throws(Failure) -> [String] {
    try list(folder).filter { name in
      let name = name.utf8
      return name.count >= 6 && name.first != UInt8(ascii: ".")
        && name.suffix(5).elementsEqual(".conf".utf8)
    }
    .sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
    .map { Path.canonical(Path.join(folder, $0)) }
  }

  /// Whether a name is none to the server: it says so, rather than to look for a file.
  static func isBlank(_ name: String) -> Bool {
    name.utf8.allSatisfy { " \t\r\n".utf8.contains($0) }
  }
}
