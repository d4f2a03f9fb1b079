import PostgreSQL
import Testing

/// Recorded servers of every supported major, compared with what we say about the same files.
@Suite struct ConfCorpusTests {
  @Test(arguments: ConfCorpus.names) func startsAsTheServersDid(_ name: String) throws {
    let file = ConfCorpus.file(name)
    for (major, answer) in try answers(to: name) {
      guard let startup = answer.startup else { continue }
      let verdict = file.verdict(at: .start, major: major)
      #expect(verdict.isAccepted == startup.ok, "\(name), \(major): \(verdict.log)")
      if let log = startup.log {
        // Not about this file: the lines that ALTER SYSTEM wrote to the data directory that
        // it names.
        let own = log.filter { !$0.hasSuffix("/postgresql.auto.conf\"") }
        #expect(isRecorded(verdict.log, as: own), "\(name), \(major): \(verdict.log) != \(log)")
      }
      // The server's config_file is its own file, whatever this file says.
      for (setting, value) in startup.values ?? [:] where setting != "config_file" {
        let ours = verdict.values[setting]
        #expect(isRecorded(ours, as: value), "\(name), \(major), \(setting): \(ours) != \(value)")
      }
    }
  }

  @Test(arguments: ConfCorpus.names) func reloadsAsTheServersDid(_ name: String) throws {
    let file = ConfCorpus.file(name)
    for (major, answer) in try answers(to: name) {
      guard let log = answer.reload_log else { continue }
      let verdict = file.verdict(at: .reload(of: running(major)), major: major)
      #expect(isRecorded(verdict.log, as: log), "\(name), \(major): \(verdict.log) != \(log)")
    }
  }

  @Test(arguments: ConfCorpus.names) func showsTheRowsThatTheServersShowed(_ name: String) throws {
    let file = ConfCorpus.file(name)
    for (major, answer) in try answers(to: name) {
      guard let rows = answer.rows else { continue }
      let ours = file.verdict(at: .view(of: running(major)), major: major)
        .recordedRows(of: file)
      #expect(ours.count == rows.count, "\(name), \(major): \(ours)")
      for (row, recorded) in zip(ours, rows) {
        let isSame = ConfCorpus.Row(
          sourcefile: row.sourcefile, sourceline: row.sourceline, seqno: row.seqno, name: row.name,
          setting: isRecorded(row.setting ?? "", as: recorded.setting ?? "")
            ? recorded.setting : row.setting,
          applied: row.applied, error: row.error)
        #expect(isSame == recorded, "\(name), \(major)")
      }
    }
  }

  @Test func asksEveryMajorAboutEveryFile() throws {
    var count: [PostgresMajor: Int] = [:]
    for name in ConfCorpus.names {
      for (major, _) in try answers(to: name) { count[major, default: 0] += 1 }
    }
    #expect(count.count == 6)
    #expect(count.values.allSatisfy { $0 == ConfCorpus.names.count })
  }

  private func answers(to name: String) throws -> [(PostgresMajor, ConfCorpus.Answer)] {
    try ConfCorpus(name).results.flatMap { answer in
      answer.versions.map { PostgresMajor($0) }.filter(\.isSupported).map { ($0, answer) }
    }
  }

  /// The recorded servers ran with defaults, except for where they listened.
  private func running(_ major: PostgresMajor) -> SettingValues {
    var values = SettingValues(defaultsOf: major)
    values["port"] = "1"
    values["listen_addresses"] = "127.0.0.1"
    values["config_file"] = "$DIR"
    return values
  }
}
