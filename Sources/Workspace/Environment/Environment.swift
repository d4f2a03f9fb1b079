/// Everything a command may do to the world outside, as values, so that a test can hand
/// it another world.
package struct Environment: Sendable {
  package enum Stream: Sendable { case output, errors }

  package var files: FileSystem
  /// All of standard input, up to `FileError.largest`.
  package var readInput: @Sendable () throws(FileError) -> [UInt8]
  package var write: @Sendable (String, Stream) throws(FileError) -> Void
  package var isTerminal: @Sendable (Stream) -> Bool
  /// An environment variable, nil when it is not set.
  package var variable: @Sendable (String) -> String?
  /// An absolute path.
  package var currentFolder: String
  /// The command line that runs, without the program's name: for what depends on the order
  /// of different options, which parsing does not keep.
  package var arguments: [String] = []
  /// How many cores there are to work with.
  package var workers: @Sendable () -> Int

  package init(
    files: FileSystem, readInput: @escaping @Sendable () throws(FileError) -> [UInt8],
    write: @escaping @Sendable (String, Stream) throws(FileError) -> Void,
    isTerminal: @escaping @Sendable (Stream) -> Bool,
    variable: @escaping @Sendable (String) -> String?, currentFolder: String,
    workers: @escaping @Sendable () -> Int
  ) {
    (self.files, self.readInput, self.write) = (files, readInput, write)
    (self.isTerminal, self.variable) = (isTerminal, variable)
    (self.currentFolder, self.workers) = (currentFolder, workers)
  }
}

/// The file system, in terms of what a render needs of it. Paths are absolute, or relative
/// to the current folder.
package struct FileSystem: Sendable {
  /// What lies at a path.
  package enum Kind: Hashable, Sendable {
    /// A regular file and its permission bits.
    case file(mode: UInt32)
    case folder
    case symbolicLink
    /// A pipe, socket or device.
    case other
  }

  /// A regular file, up to `FileError.largest`. Nothing else is opened in a way that could
  /// wait, or has no end.
  package var read: @Sendable (String) throws(FileError) -> [UInt8]
  /// What a user named: a regular file, or a descriptor of the process such as `/dev/stdin` or
  /// a shell's `<(…)`, which may be a pipe.
  package var readNamed: @Sendable (String) throws(FileError) -> [UInt8]
  /// Nil when there is nothing. A symbolic link in the last place is not followed.
  package var kind: @Sendable (String) throws(FileError) -> Kind?
  /// The same, of what a symbolic link leads to.
  package var targetKind: @Sendable (String) throws(FileError) -> Kind?
  /// The absolute path of what a path leads to, without symbolic links.
  package var realPath: @Sendable (String) throws(FileError) -> String
  /// Puts a file there, whole or not at all, with these permission bits.
  package var write: @Sendable (String, [UInt8], UInt32) throws(FileError) -> Void
  package var remove: @Sendable (String) throws(FileError) -> Void
  /// The names in a folder, in no particular order.
  package var list: @Sendable (String) throws(FileError) -> [String]
  /// Makes a folder and those above it; fine when it is there already.
  package var makeFolder: @Sendable (String) throws(FileError) -> Void
  /// Removes a folder that is empty.
  package var removeFolder: @Sendable (String) throws(FileError) -> Void

  package init(
    read: @escaping @Sendable (String) throws(FileError) -> [UInt8],
    readNamed: @escaping @Sendable (String) throws(FileError) -> [UInt8],
    kind: @escaping @Sendable (String) throws(FileError) -> Kind?,
    targetKind: @escaping @Sendable (String) throws(FileError) -> Kind?,
    realPath: @escaping @Sendable (String) throws(FileError) -> String,
    write: @escaping @Sendable (String, [UInt8], UInt32) throws(FileError) -> Void,
    remove: @escaping @Sendable (String) throws(FileError) -> Void,
    list: @escaping @Sendable (String) throws(FileError) -> [String],
    makeFolder: @escaping @Sendable (String) throws(FileError) -> Void,
    removeFolder: @escaping @Sendable (String) throws(FileError) -> Void
  ) {
    (self.read, self.readNamed) = (read, readNamed)
    (self.kind, self.targetKind) = (kind, targetKind)
    (self.realPath, self.write, self.remove, self.list) = (realPath, write, remove, list)
    (self.makeFolder, self.removeFolder) = (makeFolder, removeFolder)
  }
}

/// Why the operating system did not do something.
package struct FileError: Error, Hashable, Sendable {
  /// The system's own words.
  package let reason: String
  /// Nobody reads what was written.
  package let isBrokenPipe: Bool

  package init(_ reason: String, isBrokenPipe: Bool = false) {
    (self.reason, self.isBrokenPipe) = (reason, isBrokenPipe)
  }

  /// The most bytes that are read of a file: 400,000 nodes. What is larger is no topology
  /// and no configuration, and may have no end.
  package static let largest = 64 << 20

  package static let notRegular = FileError("it is not a regular file")
  package static let tooLarge = FileError("it is larger than 64 MiB")
}
