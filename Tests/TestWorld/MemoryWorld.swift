import Synchronization
package import Workspace

/// A world outside that exists in memory only, and remembers what was done to it. Its current
/// folder is "/home".
package final class MemoryWorld: Sendable {
  /// What lies at a path.
  package enum Entry: Equatable, Sendable {
    case file(String, mode: UInt32)
    case folder
    case link(String)
    case pipe
  }

  /// What there is, what is going to fail, and what was done.
  package struct State {
    /// By absolute path.
    package var entries: [String: Entry] = ["/": .folder, "/home": .folder]
    /// Standard input, and what was written to the two outputs.
    package var input = ""
    package var output = ""
    package var errors = ""
    /// The environment variables.
    package var variables: [String: String] = [:]
    /// Whether both outputs are a terminal.
    package var isTerminal = false
    /// How many cores there are.
    package var workers = 2
    /// What the system says to reading or writing a path.
    package var refusals: [String: String] = [:]
    /// How many more changes there will be before the power fails.
    package var changesLeft = Int.max
    /// Writing to standard output fails with this.
    package var outputFailure: FileError?
    /// Every change of the file system, in order.
    package var journal: [String] = []
  }

  private let state = Mutex(State())

  /// - Parameter files: Texts by absolute path.
  package init(_ files: [String: String] = [:]) {
    for (path, text) in files { put(path, text) }
  }

  /// Changes the state or looks at it, alone.
  package func change<Result: Sendable>(_ body: (inout State) -> sending Result) -> Result {
    state.withLock { body(&$0) }
  }

  /// What was written to standard output.
  package var output: String { change { $0.output } }
  package var errors: String { change { $0.errors } }
  package var journal: [String] { change { $0.journal } }
  package var entries: [String: Entry] { change { $0.entries } }

  /// Puts a file there, and the folders above it.
  package func put(_ path: String, _ text: String, mode: UInt32 = 0o644) {
    put(path, .file(text, mode: mode))
  }

  package func put(_ path: String, _ entry: Entry) {
    change { state in
      var folder = ""
      for name in path.split(separator: "/").dropLast() {
        folder += "/\(name)"
        if state.entries[folder] == nil { state.entries[folder] = .folder }
      }
      state.entries[path] = entry
    }
  }

  /// The contents of a file; nil when there is none.
  package func text(_ path: String) -> String? {
    guard case .file(let text, _) = entries[path] else { return nil }
    return text
  }

  /// The permission bits of a file; nil when there is none.
  package func mode(_ path: String) -> UInt32? {
    guard case .file(_, let mode) = entries[path] else { return nil }
    return mode
  }
}

extension MemoryWorld {
  /// The world as a command sees it.
  package var environment: Environment {
    Environment(
      files: files,
      readInput: { () throws(FileError) in self.change { Array($0.input.utf8) } },
      write: { text, stream throws(FileError) in
        let failure = self.change { state -> FileError? in
          switch stream {
          case .output where state.outputFailure != nil: return state.outputFailure
          case .output: state.output += text
          case .errors: state.errors += text
          }
          return nil
        }
        if let failure { throw failure }
      },
      isTerminal: { _ in self.change { $0.isTerminal } },
      variable: { name in self.change { $0.variables[name] } }, currentFolder: "/home",
      workers: { self.change { $0.workers } })
  }

  private var files: FileSystem {
    FileSystem(
      read: read, readNamed: read,
      kind: { path throws(FileError) in self.entries[path]?.kind },
      targetKind: { path throws(FileError) in
        if case .link(let target) = self.entries[path] { return self.entries[target]?.kind }
        return self.entries[path]?.kind
      },
      realPath: { path throws(FileError) in
        if case .link(let target) = self.entries[path] { return target }
        return path
      },
      write: { path, bytes, mode throws(FileError) in
        try self.mutate("write", path) {
          $0[path] = .file(String(decoding: bytes, as: UTF8.self), mode: mode)
        }
      },
      remove: { path throws(FileError) in try self.mutate("remove", path) { $0[path] = nil } },
      list: { path throws(FileError) in
        try self.refuse(path)
        let prefix = path == "/" ? "/" : path + "/"
        return self.entries.keys.filter { $0.hasPrefix(prefix) && $0 != "/" }
          .map { String($0.dropFirst(prefix.count)) }.filter { !$0.contains("/") }
      },
      makeFolder: { path throws(FileError) in
        if self.entries[path] == .folder { return }
        try self.mutate("make", path) { entries in
          var folder = ""
          for name in path.split(separator: "/") {
            folder += "/\(name)"
            entries[folder] = entries[folder] ?? .folder
          }
        }
      },
      removeFolder: { path throws(FileError) in
        try self.mutate("remove", path) { $0[path] = nil }
      })
  }

  private func read(_ path: String) throws(FileError) -> [UInt8] {
    try refuse(path)
    switch entries[path] {
    case .file(let text, _): return Array(text.utf8)
    case .link(let target): return Array((text(target) ?? "").utf8)
    case .folder: throw FileError("Is a directory")
    case .pipe: throw .notRegular
    case nil: throw FileError("No such file or directory")
    }
  }

  private func refuse(_ path: String) throws(FileError) {
    if let reason = change({ $0.refusals[path] }) { throw FileError(reason) }
  }

  private func mutate(
    _ verb: String, _ path: String, _ body: (inout [String: Entry]) -> Void
  ) throws(FileError) {
    try refuse(path)
    let isPossible = change { state in
      guard state.changesLeft > 0 else { return false }
      state.changesLeft -= 1
      state.journal.append("\(verb) \(path)")
      body(&state.entries)
      return true
    }
    guard isPossible else { throw FileError("No space left on device") }
  }
}

extension MemoryWorld.Entry {
  fileprivate var kind: FileSystem.Kind {
    switch self {
    case .file(_, let mode): .file(mode: mode)
    case .folder: .folder
    case .link: .symbolicLink
    case .pipe: .other
    }
  }
}
