import Foundation
import PostgreSQL
import TestSupport
import Testing

private let isInstalled = ServerInstallation.areAvailable(for: "real servers read pg_hba.conf")

/// Running servers, asked for `pg_hba_file_rules`, compared with what we say about the same files.
@Suite(.enabled(if: isInstalled), .serialized) struct LiveHBATests {
  @Test func findsEveryMajorInStrictMode() {
    if Tool.isStrict { #expect(ServerInstallation.missing == [], "run Scripts/install-servers") }
  }

  @Test(arguments: ServerInstallation.all)
  func readsTheRecordedFilesAsWeDo(_ installation: ServerInstallation) throws {
    let session = try LiveHBASession(installation)
    defer { session.stop() }
    // A file that includes itself crashes servers before 16.
    let names = HBACorpus.names.filter { installation.major >= 16 || $0 != "at_loop" }
    let files = names.map { HBACorpus.folder.appending(path: "\($0).conf") }
    var agreeing = 0
    for server in session.servers {
      try session.configure(server)
      let answers = try session.ask(files)
      for ((name, file), rows) in zip(zip(names, files), answers) {
        let ours = try session.read(file, server)
        #expect(ours == rows, "\(name), \(server)")
        if ours == rows { agreeing += 1 }
      }
    }
    Tool.say(
      "hba \(installation.major): \(names.count) recorded files asked \(session.servers.count) "
        + "ways, \(agreeing) answers agree")
  }

  @Test(arguments: ServerInstallation.all)
  func readsTenThousandGeneratedRecordsAsWeDo(_ installation: ServerInstallation) throws {
    let session = try LiveHBASession(installation)
    defer { session.stop() }
    var generated = GeneratedHBA(seed: 6)
    let texts = (0..<50).map { _ in (0..<200).map { _ in generated.next() } }
    var (count, rows, refused, differences) = (0, 0, 0, 0)
    for (part, server) in session.servers.enumerated() {
      try session.configure(server)
      let numbers = texts.indices.filter { $0 % session.servers.count == part }
      let files = try numbers.map { try session.write(texts[$0].joined(), to: "generated-\($0)") }
      for (file, answer) in zip(files, try session.ask(files)) {
        let ours = try session.read(file, server)
        rows += answer.count
        refused += answer.count { $0.type == nil }
        #expect(ours.count == answer.count, "\(server)")
        for (our, row) in zip(ours, answer) where our != row {
          differences += 1
          let lines = try session.lines(of: file, from: row.line_number)
          #expect(our == row, "\(server): \(lines)")
        }
      }
      count += numbers.reduce(0) { $0 + texts[$1].count }
    }
    #expect(count == 10_000)
    #expect(refused > 3000 && refused < 7000, "a test of one side only")
    Tool.say(
      "hba \(installation.major): \(count) generated records in \(rows) rows, "
        + "\(refused) refused, \(differences) differences")
  }
}

/// A server that reads many files, with and without TLS and OAuth validators.
private struct LiveHBASession {
  let servers: [HBAServer]
  private let major: PostgresMajor
  private let server: PostgresServer

  init(_ installation: ServerInstallation) throws {
    major = PostgresMajor(installation.major)
    server = try PostgresServer(installation, hasTLS: true)
    var servers = [HBAServer(tlsEnabled: true), HBAServer()]
    if major >= 18 {
      servers = [
        HBAServer(tlsEnabled: true, oauthValidators: ["v1"]), HBAServer(),
        HBAServer(tlsEnabled: true), HBAServer(tlsEnabled: true, oauthValidators: ["v1", "v2"]),
      ]
    }
    self.servers = servers
    let folder = URL(fileURLWithPath: server.path)
    try FileManager.default.copyItem(
      at: HBACorpus.folder.appending(path: "aux"), to: folder.appending(path: "aux"))
    // git does not store empty folders.
    try FileManager.default.createDirectory(
      at: folder.appending(path: "aux/emptyd"), withIntermediateDirectories: true)
  }

  func stop() { server.stop() }

  /// Puts the server into the given state.
  func configure(_ wanted: HBAServer) throws {
    let records = "local all all trust\n"
    try Data(records.utf8).write(to: server.hbaFile)
    var lines = ["ssl = \(wanted.tlsEnabled ? "on" : "off")"]
    if major >= 18 {
      let validators = wanted.oauthValidators ?? []
      lines.append("oauth_validator_libraries = '\(validators.joined(separator: ","))'")
    }
    try Data(lines.map { $0 + "\n" }.joined().utf8).write(to: server.configurationFile)
    try server.reload()
  }

  func write(_ text: String, to name: String) throws -> URL {
    let file = URL(fileURLWithPath: "\(server.path)/\(name)")
    try Data(HBAText.encode(text)).write(to: file)
    return file
  }

  /// The view's rows for each file.
  func ask(_ files: [URL]) throws -> [[RecordedHBARow]] {
    let answers: [[RecordedHBARow]] = try server.rows(
      "SELECT * FROM pg_hba_file_rules", for: files, at: server.hbaFile)
    try #require(answers.count == files.count)
    return answers
  }

  /// Our result for a file where the server had it.
  func read(_ file: URL, _ server: HBAServer) throws -> [RecordedHBARow] {
    let path = self.server.hbaFile.path
    let bytes = Array(try Data(contentsOf: file))
    let rules = HBAFileRules(
      reading: path, major: major, server: server,
      files: IncludedFiles(
        read: { name throws(IncludedFiles.ReadError) in
          try name == path ? bytes : HBACorpus.files.read(name)
        },
        list: HBACorpus.files.list))
    return rules.rows.map { row in
      var recorded = RecordedHBARow(row, major: major, folder: "$DIR")
      // Including its folder, which recordings leave out.
      recorded.file_name = major >= 16 ? row.fileName : nil
      recorded.database = row.columns?.databases.map(\.withoutInvalidBytes)
      recorded.user_name = row.columns?.userNames.map(\.withoutInvalidBytes)
      recorded.address = recorded.address?.withoutInvalidBytes
      recorded.options = recorded.options?.map(\.withoutInvalidBytes)
      recorded.error = recorded.error?.withoutInvalidBytes
      return recorded
    }
  }

  func lines(of file: URL, from line: Int?) throws -> [String] {
    let lines = HBAText.decode(try Data(contentsOf: file)).split(
      omittingEmptySubsequences: false, whereSeparator: \.isNewline
    ).dropFirst((line ?? 1) - 1)
    let continued = lines.prefix { $0.hasSuffix("\\") }
    return lines.prefix(continued.count + 1).map { String($0.prefix(300)) }
  }
}
