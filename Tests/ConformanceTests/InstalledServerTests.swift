import Foundation
import PostgreSQL
import TestSupport
import Testing

private let isInstalled = ServerInstallation.areAvailable(for: "real servers start with files")

/// This machine's servers at their start, compared with what we say about the same files.
@Suite(.enabled(if: isInstalled), .serialized) struct InstalledServerTests {
  /// The recorded files again, except those whose result depends on the machine.
  @Test(arguments: ServerInstallation.all)
  func startsWithTheRecordedFilesAsWeSay(_ installation: ServerInstallation) throws {
    let server = try InstalledServer(installation)
    defer { server.remove() }
    try server.put(ConfCorpus.folder.appendingPathComponent("aux"), as: "aux")
    try FileManager.default.createDirectory(
      atPath: "\(server.path)/aux/emptyd", withIntermediateDirectories: true)
    for name in ConfCorpus.names {
      try server.put(ConfCorpus.folder.appendingPathComponent("\(name).conf"), as: "\(name).conf")
      let verdict = ConfCorpus.file(name).verdict(at: .start, major: server.major)
      let setting = verdict.rows.lazy.compactMap(\.entry.settingName).first ?? "port"
      let answer = try server.ask("\(name).conf", for: setting)
      expect(verdict, toAgreeWith: answer, for: setting, in: name)
    }
    Tool.say("start \(installation.major): asked about \(ConfCorpus.names.count) recorded files")
  }

  @Test(arguments: ServerInstallation.all)
  func judgesTwoThousandValuesAsWeDo(_ installation: ServerInstallation) throws {
    let server = try InstalledServer(installation)
    defer { server.remove() }
    var generated = GeneratedSettings(seed: 4, major: server.major)
    for number in 0..<40 {
      let settings = generated.next(50)
      let lines = settings.map { name, value in
        "\(name) = '\(value.replacing("\\", with: "\\\\").replacing("'", with: "''"))'\n"
      }
      try server.put(lines.joined(), as: "generated.conf")
      let answer = try server.ask("generated.conf", for: "port")
      let verdict = read(server).verdict(at: .start, major: server.major)
      #expect(verdict.log == answer.log, "file \(number)")
      // A refused file hides the values of the others.
      let taken = zip(lines, verdict.rows).filter(\.1.isApplied)
      try server.put(taken.map(\.0).joined(), as: "generated.conf")
      for (_, row) in taken where Int(row.entry.place.line) % 8 == number % 8 {
        guard let name = row.entry.settingName else { continue }
        let answer = try server.ask("generated.conf", for: name)
        let verdict = read(server).verdict(at: .start, major: server.major)
        expect(verdict, toAgreeWith: answer, for: name, in: "file \(number), \(name)")
      }
    }
    Tool.say("start \(installation.major): asked about 2000 generated settings")
  }

  @Test(arguments: ServerInstallation.all)
  func readsLinesOfAnyTokensAsWeDo(_ installation: ServerInstallation) throws {
    let server = try InstalledServer(installation)
    defer { server.remove() }
    var generated = GeneratedSettings(seed: 5, major: server.major)
    for number in 0..<60 {
      let lines = (0..<40).map { _ in generated.nextLine() }
      let end = number % 2 == 0 ? "\n" : ""
      try server.put(lines.joined(separator: "\n") + end, as: "generated.conf")
      let answer = try server.ask("generated.conf", for: "port")
      let verdict = read(server).verdict(at: .start, major: server.major)
      #expect(verdict.log == answer.log, "file \(number): \(lines)")
    }
  }

  private func read(_ server: InstalledServer) -> ConfFile {
    ConfFile(path: "$DIR/generated.conf", files: ConfCorpus.files(to: server.path))
  }

  private func expect(
    _ verdict: ConfVerdict, toAgreeWith answer: (log: [String], value: String?),
    for setting: String, in place: String
  ) {
    let log = answer.log.filter { !$0.hasSuffix("/postgresql.auto.conf\"") }
    #expect(verdict.log == log, "\(place)")
    #expect(verdict.isAccepted == (answer.value != nil), "\(place)")
    if let value = answer.value, setting != "config_file" {
      #expect(verdict.values[setting] == value, "\(place), \(setting)")
    }
  }
}

extension ConfFile.Entry {
  fileprivate var settingName: String? {
    if case .setting(let name, _, _) = content { name } else { nil }
  }
}
