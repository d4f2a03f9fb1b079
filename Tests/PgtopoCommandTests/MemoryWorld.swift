import PgtopoCommand
import Synchronization

/// An outside world that exists in memory only, and records what was done to it.
final class MemoryWorld: Sendable {
  enum Entry: Equatable {
    case file(String, mode: UInt32)
    case folder
    case link(String)
    case pipe
  }

  struct State {
    /// By absolute path.
    var entries: [String: Entry] = ["/": .folder, "/home": .folder]
    var input = ""
    var output = ""
    var errors = ""
    var variables: [String: String] = [:]
    var isTerminal = false
    var workers = 2
    /// The system's error when reading or writing a path.
    var refusals: [String: String] = [:]
    /// The number of further changes before the power fails.
    var changesLeft = Int.max
    /// Writing to standard output fails with this error.
    var outputFailure: FileError?
    /// Every change of the file system, in order.
    var journal: [String] = []
  }

  private let state = Mutex(State())

  init(_ files: [String: String] = [:]) {
    for (path, text) in files { put(path, text) }
  }

  /// Runs a command line in "/home".
  @discardableResult func run(_ arguments: String...) -> Int32 { run(arguments) }

  @discardableResult func run(_ arguments: [String]) -> Int32 {
    change { ($0.output, $0.errors, $0.journal) = ("", "", []) }
    return Pgtopo.run(arguments, in: environment)
  }

  func change<Result: Sendable>(_ body: (inout State) -> sending Result) -> Result {
    state.withLock { body(&$0) }
  }

  var output: String { change { $0.output } }
  var errors: String { change { $0.errors } }
  var journal: [String] { change { $0.journal } }
  var entries: [String: Entry] { change { $0.entries } }

  func put(_ path: String, _ text: String, mode: UInt32 = 0o644) {
    put(path, .file(text, mode: mode))
  }

  func put(_ path: String, _ entry: Entry) {
    change { state in
      var folder = ""
      for name in path.split(separator: "/").dropLast() {
        folder += "/\(name)"
        if state.entries[folder] == nil { state.entries[folder] = .folder }
      }
      state.entries[path] = entry
    }
  }

  func text(_ path: String) -> String? {
    guard case .file(let text, _) = entries[path] else { return nil }
    return text
  }

  func mode(_ path: String) -> UInt32? {
    guard case .file(_, let mode) = entries[path] else { return nil }
    return mode
  }
}

extension MemoryWorld {
  var environment: Environment {
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
      read: { path throws(FileError) in
        try self.refuse(path)
        switch self.entries[path] {
        case .file(let text, _): return Array(text.utf8)
        case .link(let target): return Array((self.text(target) ?? "").utf8)
        case .folder: throw FileError("Is a directory")
        case .pipe: return []
        case nil: throw FileError("No such file or directory")
        }
      },
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
  var kind: FileSystem.Kind {
    switch self {
    case .file(_, let mode): .file(mode: mode)
    case .folder: .folder
    case .link: .symbolicLink
    case .pipe: .other
    }
  }
}

/// Topologies to run commands on.
enum Sample {
  /// Causes no findings at all.
  static let clean = topology()

  static func topology(replica: String = "replica", head: String = "") -> String {
    """
    version: 1
    name: demo
    \(head)
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.22.0.0/24}
    users:
      admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
    nodes:
      primary: {role: primary, ip: 172.22.0.100}
      \(replica): {role: replica, ip: 172.22.0.101}
    settings: {max_slot_wal_keep_size: 4GB}

    """
  }

  /// One error of decoding, in line 1.
  static let broken = "version: 2\n" + clean.drop { $0 != "\n" }.dropFirst()
}
