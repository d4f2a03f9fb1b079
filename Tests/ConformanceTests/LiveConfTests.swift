import Foundation
import PostgreSQL
import TestSupport
import Testing

private let isInstalled = ServerInstallation.areAvailable(for: "real servers show settings")

/// Running servers, asked for `pg_file_settings`, compared with what we say about the same files.
@Suite(.enabled(if: isInstalled), .serialized) struct LiveConfTests {
  @Test(arguments: ServerInstallation.all)
  func showsTheRecordedFilesAsWeDo(_ installation: ServerInstallation) throws {
    let session = try LiveConfSession(installation)
    defer { session.stop() }
    let files = ConfCorpus.names.map { ConfCorpus.folder.appendingPathComponent("\($0).conf") }
    var agreeing = 0
    for (name, (file, rows)) in zip(ConfCorpus.names, zip(files, try session.ask(files))) {
      let ours = try session.read(file)
      #expect(ours == rows, "\(name)")
      if ours == rows { agreeing += 1 }
    }
    Tool.say("conf \(installation.major): \(agreeing) of \(files.count) recorded files agree")
  }

  /// Settings that a session looks up in its database: the files alone do not determine them.
  private static let ofDatabases: Set = [
    "default_table_access_method", "default_text_search_config",
  ]

  @Test(arguments: ServerInstallation.all)
  func showsTwoThousandGeneratedSettingsAsWeDo(_ installation: ServerInstallation) throws {
    let session = try LiveConfSession(installation)
    defer { session.stop() }
    var generated = GeneratedSettings(
      seed: 4, major: PostgresMajor(installation.major), leavingOut: Self.ofDatabases)
    let files = try (0..<40).map { number in
      let lines = generated.next(50).map { name, value in
        "\(name) = '\(value.replacing("\\", with: "\\\\").replacing("'", with: "''"))'\n"
      }
      return try session.write(lines.joined(), to: "generated-\(number)")
    }
    var (count, agreeing) = (0, 0)
    for (file, rows) in zip(files, try session.ask(files)) {
      let ours = try session.read(file)
      #expect(ours.count == rows.count)
      for (our, row) in zip(ours, rows) {
        #expect(our == row)
        count += 1
        if our == row { agreeing += 1 }
      }
    }
    #expect(count == 2000)
    Tool.say("conf \(installation.major): \(agreeing) of \(count) generated settings agree")
  }
}

/// A server that reads many files.
private struct LiveConfSession {
  private let major: PostgresMajor
  private let server: PostgresServer
  private let running: SettingValues

  init(_ installation: ServerInstallation) throws {
    major = PostgresMajor(installation.major)
    server = try PostgresServer(installation)
    running = try server.runningValues(major)
    let folder = URL(fileURLWithPath: server.path)
    try FileManager.default.copyItem(
      at: ConfCorpus.folder.appendingPathComponent("aux"), to: folder.appendingPathComponent("aux"))
    // git does not store empty folders.
    try FileManager.default.createDirectory(
      at: folder.appendingPathComponent("aux/emptyd"), withIntermediateDirectories: true)
  }

  func stop() { server.stop() }

  func write(_ text: String, to name: String) throws -> URL {
    let file = URL(fileURLWithPath: "\(server.path)/\(name)")
    try Data(text.utf8).write(to: file)
    return file
  }

  /// The view's rows for each file.
  func ask(_ files: [URL]) throws -> [[ConfCorpus.Row]] {
    let answers: [[ConfCorpus.Row]] = try server.rows(
      "SELECT * FROM pg_file_settings", for: files, at: server.configurationFile)
    try #require(answers.count == files.count)
    return answers
  }

  /// Our result for a file where the server had it.
  func read(_ file: URL) throws -> [ConfCorpus.Row] {
    let path = server.configurationFile.path
    try? FileManager.default.removeItem(atPath: path)
    try FileManager.default.copyItem(atPath: file.path, toPath: path)
    let read = ConfFile(path: path, files: ConfCorpus.files(to: server.path))
    let verdict = read.verdict(at: .view(of: running), major: major)
    return verdict.rows.enumerated().map { index, row in
      var (name, setting): (String?, String?) = (nil, nil)
      if case .setting(let written, let value, _) = row.entry.content {
        (name, setting) = (written, HBAText.decode(value).withoutInvalidBytes)
      }
      return ConfCorpus.Row(
        sourcefile: read.sources[row.entry.place.source].path, sourceline: row.entry.place.line,
        seqno: index + 1, name: name, setting: setting, applied: row.isApplied, error: row.error)
    }
  }
}
