import Foundation
import PgtopoCommand
import Synchronization
import TestSupport
import Workspace

/// A repository with topologies that have many findings, and lint's reports about them.
struct ReportedFolder {
  /// The input of a Python program: the reports by format, and where the files are.
  let reports: [String: String]
  let folder: TemporaryFolder

  /// Lints from a folder inside the repository, once for each format.
  init() throws {
    folder = try TemporaryFolder()
    try folder.write("", to: ".git/HEAD")
    let tutorial = Repository.root.appending(path: "examples/tutorial/topology.yml")
    try folder.write(String(contentsOf: tutorial, encoding: .utf8), to: "work/topology.yml")
    try folder.write(Self.multibyte, to: "work/Größe 50% 🐘/a,b: c.pgtopo.yml")
    try folder.write(Self.broken, to: "work/broken #1.yml")
    let sound = Repository.root.appending(path: "examples/cascading/topology.yml")
    try folder.write(String(contentsOf: sound, encoding: .utf8), to: "beside.yml")
    var reports: [String: String] = [:]
    for format in ["json", "sarif", "gitlab", "github", "junit", "checkstyle"] {
      reports[format] = try Self.lint(
        folder.url.path + "/work",
        ["topology.yml", "Größe 50% 🐘", "./broken #1.yml", "../beside.yml", "--format", format])
    }
    self.reports = reports
  }

  /// The output of the command, run in a folder.
  static func lint(_ folder: String, _ arguments: [String]) throws -> String {
    let output = Mutex("")
    var environment = Environment.live
    environment.currentFolder = folder
    environment.write = { text, stream throws(FileError) in
      if stream == .output { output.withLock { $0 += text } }
    }
    let status = Pgtopo.run(["lint"] + arguments, in: environment)
    guard status < 2 else { throw LintError(description: "lint \(arguments) ended with \(status)") }
    return output.withLock { $0 }
  }

  struct LintError: Error, CustomStringConvertible {
    let description: String
  }

  /// Lines end as on Windows, and characters of two and four bytes precede the finding on
  /// its line.
  private static let multibyte = """
    # Datenbank 🐘
    version: 1
    name: other
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.30.0.5/24}
    users:
      admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      repuser: {attributes: [replication], password: {literal: geheim}}
      app: {password: {env: APP_PASSWORD}, databases: [données😀]}
    nodes:
      primary: {role: primary, ip: 172.30.0.100}
      replica: {role: replica, ip: 172.30.0.100}
    hba:
      records:
        - {type: host, databases: [données😀], users: [app], address: 172.30.0.102/32, method: md5}

    """.split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\r\n")

  /// Mistakes in the file itself, one of them spanning several lines.
  private static let broken = """
    \u{FEFF}version: 2
    network: [a <b> & "c"]
    name: "é ]]> %0A::error::x \\u0007
      😀"

    """
}
