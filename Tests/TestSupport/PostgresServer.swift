package import Foundation

/// A real PostgreSQL server for one test, on loopback and a socket of its own.
///
/// The files that it reads at its start are plain; tests then replace them and query
/// `pg_hba_file_rules` and `pg_file_settings`, which read the files anew each time. Who may
/// connect does not change until `reload`.
package final class PostgresServer {
  /// The superuser that initdb made.
  package static let superuser = "pgtopo tests"
  package let port: Int
  package let hbaFile: URL
  package let configurationFile: URL
  private let folder: TemporaryFolder
  private let logFile: URL
  private let psql: Tool
  private let control: Tool
  private let server: Process

  /// Starts a server.
  ///
  /// - Parameters:
  ///   - installation: The server's programs; by default the newest of this machine's own.
  ///   - settings: Lines of postgresql.conf.
  ///   - hasTLS: Whether it accepts TLS connections, with a self-signed certificate.
  package init(
    _ installation: ServerInstallation? = .newestOwn, settings: [String] = [],
    hasTLS: Bool = false
  ) throws {
    guard let installation else { throw Tool.ToolError(description: "no server is installed") }
    folder = try TemporaryFolder()
    psql = try Tool("psql")
    control = installation.program("pg_ctl")
    hbaFile = try folder.write(
      "local all all trust\nhost all all 127.0.0.1/32 scram-sha-256\n", to: "pg_hba.conf")
    configurationFile = try folder.write(
      (["fsync = off", "full_page_writes = off", "autovacuum = off"]
        + (hasTLS ? ["ssl = on"] : []) + settings)
        .map { $0 + "\n" }.joined(), to: "postgresql.conf")
    // A port that nobody else uses: below those that the system assigns to clients.
    port = Int.random(in: 20000..<32000)
    let path = folder.url.path
    try Self.giveAway(path)
    _ = try installation.program("initdb").output([
      "-D", path + "/data", "-U", Self.superuser, "--no-sync", "--encoding=UTF8",
      "--locale=C.UTF-8", "--auth=trust",
    ])
    if hasTLS { try Self.makeCertificate(in: path + "/data") }
    server = Process()
    // `timeout` ends it if these tests are killed.
    server.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    server.arguments =
      ["timeout", "300"] + installation.program("postgres").command + [
        "-D", path + "/data", "-p", "\(port)", "-c", "listen_addresses=127.0.0.1,::1",
        "-c", "unix_socket_directories=\(path)", "-c", "hba_file=\(hbaFile.path)",
        "-c", "config_file=\(configurationFile.path)",
      ]
    logFile = try folder.write("", to: "log")
    server.standardError = try FileHandle(forWritingTo: logFile)
    try server.run()
    try waitUntilReady()
  }

  /// Stops the server and removes its folder.
  package func stop() {
    let path = folder.url.path + "/data"
    _ = try? control.run(["-D", path, "-m", "immediate", "stop"])
    server.waitUntilExit()
    folder.remove()
  }

  /// Runs a script over the socket, as the superuser by default, and returns its output:
  /// one line per row, with columns separated by tabs. It stops at the first error.
  @discardableResult
  package func run(_ script: String, environment: [String: String] = [:]) throws -> String {
    try psql.output(
      ["-XAtq", "-F", "\t", "-v", "ON_ERROR_STOP=1"],
      environment: socketEnvironment.merging(environment) { $1 }, input: script
    ).text
  }

  /// The parameters with which PostgreSQL's programs find the server's socket.
  package var socketEnvironment: [String: String] {
    Tool.cleanEnvironment([
      "PGHOST": folder.url.path, "PGPORT": "\(port)", "PGUSER": Self.superuser,
      "PGDATABASE": "postgres",
    ])
  }

  /// Runs psql as a client on the loopback address.
  package func connect(
    _ arguments: [String], environment: [String: String]
  ) throws -> Tool.Result {
    let standard = ["PGHOSTADDR": "127.0.0.1", "PGPORT": "\(port)", "PGCONNECT_TIMEOUT": "10"]
    return try psql.run(
      ["-XAtqw", "-F", "\t", "-v", "ON_ERROR_STOP=1"] + arguments,
      environment: Tool.cleanEnvironment(standard.merging(environment) { $1 }))
  }

  /// The folder of the server's socket and files, and the socket itself.
  package var path: String { folder.url.path }
  package var socket: String { "\(path)/.s.PGSQL.\(port)" }

  /// The server's log from an offset in bytes on.
  package func log(from offset: Int = 0) throws -> String {
    String(decoding: try Data(contentsOf: logFile).dropFirst(offset), as: UTF8.self)
  }

  /// The size of the log in bytes.
  package func logSize() throws -> Int { try Data(contentsOf: logFile).count }

  /// Tells the server to reload its files, and waits until it does: later connections are
  /// judged by the new files.
  package func reload() throws {
    let start = try logSize()
    _ = try control.output(["-D", path + "/data", "reload"])
    for _ in 0..<500 {
      if try log(from: start).contains("received SIGHUP, reloading configuration files") { return }
      Thread.sleep(forTimeInterval: 0.01)
    }
    throw Tool.ToolError(description: "the server did not reload: \(try log(from: start))")
  }

  private func waitUntilReady() throws {
    for _ in 0..<100 {
      if (try? run("SELECT 1")) != nil { return }
      guard server.isRunning else { break }
      Thread.sleep(forTimeInterval: 0.1)
    }
    let reason = try log()
    stop()
    throw Tool.ToolError(description: "the server did not start: \(reason)")
  }

  /// Where the server looks for its certificate and key by default.
  private static func makeCertificate(in folder: String) throws {
    _ = try Tool("openssl").output([
      "req", "-new", "-x509", "-days", "2", "-nodes", "-subj", "/CN=localhost", "-newkey", "ec",
      "-pkeyopt", "ec_paramgen_curve:prime256v1", "-keyout", folder + "/server.key", "-out",
      folder + "/server.crt",
    ])
    try FileManager.default.setAttributes(
      [.posixPermissions: 0o600], ofItemAtPath: folder + "/server.key")
    try giveAway(folder + "/server.key")
  }

  private static func giveAway(_ path: String) throws {
    guard ServerInstallation.isRoot else { return }
    try FileManager.default.setAttributes([.ownerAccountName: "postgres"], ofItemAtPath: path)
  }
}
