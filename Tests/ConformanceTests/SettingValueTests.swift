import PostgreSQL
import Testing

/// Values tested on a server of major 15, beyond the recorded files.
@Suite struct SettingValueTests {
  @Test(arguments: [
    ("port", "0x1.8", "2"), ("port", "+7", "7"), ("work_mem", "1e3kB", "1000"),
    ("wal_buffers", "2", "4"), ("autovacuum_work_mem", "5", "1024"),
    ("random_page_cost", "0x1p3", "8"), ("random_page_cost", " 2 ", "2"),
    ("cpu_tuple_cost", "1234567.5", "1.23457e+06"),
    ("cpu_tuple_cost", "0.000012345678", "1.23457e-05"), ("cpu_tuple_cost", "99999.96", "100000"),
    ("wal_compression", "on", "pglz"), ("DateStyle", "sql", "SQL, MDY"),
    ("DateStyle", "euroxx, default", "ISO, DMY"), ("DateStyle", "german", "German, DMY"),
    ("client_encoding", "Utf-8", "UTF8"), ("TimeZone", "europe/paris", "europe/paris"),
    ("TimeZone", "Foo/Bar5", "Foo/Bar5"), ("TimeZone", "posix/UTC", "posix/UTC"),
    ("recovery_target_xid", "abc", "abc"), ("recovery_target_lsn", "0/1", "0/1"),
    ("default_text_search_config", "nope", "nope"), ("role", "none", "none"),
  ])
  func isTaken(_ setting: String, _ text: String, _ expected: String) throws {
    #expect(try value(setting, text) == expected)
  }

  @Test(arguments: [
    ("port", " .5"), ("port", "0x"), ("port", "5432e"), ("port", ""), ("port", "1 2"),
    ("random_page_cost", "1e-400"), ("random_page_cost", "1e400"), ("random_page_cost", "nan(5)"),
    ("TimeZone", ""), ("TimeZone", "interval"), ("timezone_abbreviations", "default"),
    ("lc_messages", ""), ("client_encoding", ""), ("role", ""), ("recovery_target_time", "now"),
    ("recovery_target_time", "2026-13-01"), ("recovery_target_lsn", "0/"),
    ("recovery_target_lsn", "123456789/1"),
  ])
  func isRefusedWithoutReason(_ setting: String, _ text: String) throws {
    let error = try refusal(setting, text)
    #expect(error.message == "invalid value for parameter \"\(setting)\": \"\(text)\"")
    #expect(error.detail == nil && error.hint == nil)
  }

  @Test(arguments: [
    ("search_path", "\"a", "List syntax is invalid."),
    ("DateStyle", "dmy, mdy", "Conflicting \"datestyle\" specifications."),
    ("log_destination", "eventlog", "Unrecognized key word: \"eventlog\"."),
    ("restrict_nonsystem_relation_kind", "view,x", "Unrecognized key word: \"x\"."),
    ("backtrace_functions", "a-b", "invalid character"),
    ("default_table_access_method", "", "default_table_access_method cannot be empty."),
    (
      "recovery_target_timeline", "99999999999999999999999",
      "recovery_target_timeline is not a valid number."
    ),
    ("synchronous_standby_names", "\"a", "unterminated quoted identifier at end of input"),
  ])
  func isRefusedWithDetail(_ setting: String, _ text: String, _ detail: String) throws {
    #expect(try refusal(setting, text).detail == detail)
  }

  /// Tested on 17 and 18.
  @Test(arguments: [
    ("notify_buffers", "17", "\"notify_buffers\" must be a multiple of 16"),
    ("debug_io_direct", "x", "Invalid option \"x\""),
    ("debug_io_direct", "\"", "Invalid list syntax in parameter \"debug_io_direct\""),
    (
      "vacuum_buffer_usage_limit", "1",
      "\"vacuum_buffer_usage_limit\" must be 0 or between 128 kB and 16777216 kB"
    ),
    ("backtrace_functions", "a-b", "Invalid character"),
  ])
  func sentencesEndWithAFullStopFrom18On(_ setting: String, _ text: String, _ detail: String) {
    let details = [17, 18].map { log(of: setting, text, in: PostgresMajor($0)).dropFirst().first }
    #expect(details == ["DETAIL:  \(detail)", "DETAIL:  \(detail)."])
  }

  /// Tested on 15, 17 and 18.
  @Test func namesAreAsWrittenUntil17() {
    let names = [15, 17, 18].map { log(of: "PORT", "x", in: PostgresMajor($0)).first }
    #expect(
      names
        == ["PORT", "PORT", "port"].map { "LOG:  invalid value for parameter \"\($0)\": \"x\"" })
  }

  @Test func refusesNamesThatNoSlotCanHave() {
    for (list, slot) in [("*", "*"), ("a,it's", "it's"), ("\"A\"", "A")] {
      let log = log(of: "synchronized_standby_slots", list, in: 18)
      #expect(log[1] == "DETAIL:  replication slot name \"\(slot)\" contains invalid character")
    }
    #expect(log(of: "synchronized_standby_slots", "A, b", in: 18).isEmpty)
  }

  @Test func readsTheFolderWhereNoFileOfAbbreviationsIsNamed() throws {
    let error = try refusal("timezone_abbreviations", "")
    #expect(error.message == "could not read time zone file \"\": Is a directory")
  }

  /// The values that a running server compares with: numbers chosen at its start, or no value.
  @Test(arguments: [
    ("commit_timestamp_buffers", "0", false), ("commit_timestamp_buffers", "32", true),
    ("io_max_concurrency", "-1", false), ("wal_buffers", "-1", true),
    ("external_pid_file", "", false), ("wal_consistency_checking", "heap, BTREE", true),
    ("wal_consistency_checking", "on", false),
  ])
  func isTakenByARunningServer(_ setting: String, _ text: String, _ isTaken: Bool) {
    let verdict = file("\(setting) = '\(text)'\n").verdict(
      at: .view(of: SettingValues(defaultsOf: 18)), major: 18)
    #expect(verdict.rows.map(\.isApplied) == [isTaken])
  }

  @Test func roundsHalvesToEvenAndFractionsToTheNextUnit() throws {
    #expect(try value("max_connections", "50.5") == "50")
    #expect(try value("max_connections", "51.5") == "52")
    #expect(try value("work_mem", "30.1GB") == "31561728")
    #expect(try value("shared_buffers", "132kB") == "16")
    #expect(try value("shared_buffers", "140kB") == "18")
  }

  /// Up to 16, each of four settings checks their sum, in the order of the file.
  @Test func addsUpBackends() throws {
    #expect(try refusal("max_connections", "262143").message.hasSuffix("connections\": 262143"))
    let values = SettingValues(defaultsOf: 17)
    let setting = try #require(values.catalogue["max_connections"])
    #expect(try setting.value(of: Array("262143".utf8), among: values) == "262143")
  }

  @Test func stopsReadingAHopelessFile() {
    let lines = String(repeating: "a b c\n", count: 200)
    let log = file(lines).verdict(at: .start, major: 18).log
    #expect(log.count == 102)
    #expect(log[100] == "LOG:  too many syntax errors found, abandoning file \"c\"")
  }

  /// Two files that include each other.
  @Test func stopsGoingDeeper() {
    let file = ConfFile(
      path: "/a",
      files: IncludedFiles(
        read: { path in Array("include '\(path == "/a" ? "b" : "a")'\n".utf8) },
        list: { _ in [] }))
    let log = file.verdict(at: .start, major: 18).log
    #expect(
      log.first
        == "LOG:  could not open configuration file \"b\": maximum nesting depth exceeded")
    #expect(file.sources.count == 11)
  }

  private func file(_ text: String) -> ConfFile {
    ConfFile(path: "c", files: IncludedFiles(read: { _ in Array(text.utf8) }, list: { _ in [] }))
  }

  /// The log of a start with a setting, without the last line.
  private func log(of setting: String, _ text: String, in major: PostgresMajor) -> [String] {
    let quoted = text.replacing("'", with: "''")
    return file("\(setting) = '\(quoted)'\n").verdict(at: .start, major: major).log.dropLast()
  }

  private func value(_ setting: String, _ text: String) throws -> String {
    let values = SettingValues(defaultsOf: 15)
    return try #require(values.catalogue[setting]).value(of: Array(text.utf8), among: values)
  }

  private func refusal(_ setting: String, _ text: String) throws -> SettingValueError {
    try #require(throws: SettingValueError.self) { try value(setting, text) }
  }
}
