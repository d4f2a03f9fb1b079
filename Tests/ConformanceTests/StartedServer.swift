import Foundation
import TestSupport

/// A data directory, and whether a server starts on it with some settings.
///
/// The server listens on a socket in its own folder only.
struct StartedServer {
  enum Outcome: Equatable { case starts, refuses }

  private let folder: TemporaryFolder
  private let port = Int.random(in: 20000..<32000)

  /// The outcome of a start, and what the server logged until then.
  struct Start {
    let outcome: Outcome
    let log: String
  }

  /// A fresh cluster.
  init() throws {
    folder = try Self.makeFolder()
    _ = try Self.program("initdb").output([
      "-D", data, "-U", "postgres", "--no-sync", "--encoding=UTF8", "--locale=C", "--auth=trust",
    ])
  }

  /// A copy of a running server, made as its standby.
  init(copying primary: StartedServer) throws {
    folder = try Self.makeFolder()
    _ = try Self.program("pg_basebackup").output(
      [
        "-D", data, "-h", primary.folder.url.path, "-p", "\(primary.port)", "-U", "postgres",
        "-X", "stream", "-R", "-c", "fast", "--no-sync",
      ], environment: Tool.cleanEnvironment())
  }

  func remove() { folder.remove() }

  /// Starts a server, and keeps it running only while `body` runs.
  func start(_ assignments: [String], during body: () throws -> Void = {}) throws -> Start {
    let conf = try folder.write(assignments.joined(separator: "\n") + "\n", to: "test.conf")
    let log = try folder.write("", to: "log")
    let process = Process()
    // `timeout` ends it if these tests are killed.
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    process.arguments =
      ["timeout", "120"] + (try Self.program("postgres").command)
      + [
        "-D", data, "-p", "\(port)", "-c", "config_file=\(conf.path)",
        "-c", "listen_addresses=", "-c", "unix_socket_directories=\(folder.url.path)",
        "-c", "hba_file=\(data)/pg_hba.conf",
      ]
    process.environment = Tool.cleanEnvironment()
    process.standardError = try FileHandle(forWritingTo: log)
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    defer {
      if process.isRunning {
        _ = try? Self.program("pg_ctl").run(["-D", data, "-m", "immediate", "stop"])
      }
      process.waitUntilExit()
    }
    let isUp = try waitUntilReady(process)
    if isUp { try body() }
    return Start(
      outcome: isUp ? .starts : .refuses,
      log: String(decoding: try Data(contentsOf: log), as: UTF8.self))
  }

  private var data: String { folder.url.path + "/data" }

  /// Whether the postmaster has written to its file that it is ready, or is a standby.
  private func waitUntilReady(_ process: Process) throws -> Bool {
    for _ in 0..<1200 {
      guard process.isRunning else { return false }
      let text = (try? Data(contentsOf: URL(fileURLWithPath: data + "/postmaster.pid"))) ?? Data()
      let lines = String(decoding: text, as: UTF8.self).split(separator: "\n")
      if let status = lines.last, status.hasPrefix("ready") || status.hasPrefix("standby") {
        return true
      }
      Thread.sleep(forTimeInterval: 0.05)
    }
    throw Tool.ToolError(description: "the server neither started nor ended within a minute")
  }

  private static func makeFolder() throws -> TemporaryFolder {
    let folder = try TemporaryFolder()
    if NSUserName() == "root" {
      try FileManager.default.setAttributes(
        [.ownerAccountName: "postgres"], ofItemAtPath: folder.url.path)
    }
    return folder
  }

  /// A program of this machine's own server.
  private static func program(_ name: String) throws -> Tool {
    guard let installation = ServerInstallation.newestOwn else {
      throw Tool.ToolError(description: "no server is installed")
    }
    return installation.program(name)
  }
}
