/// The server's check hooks, which judge a value that its type allows. There is one method
/// per hook; the `SettingRecord` of a setting names it.
///
/// Anything that only the machine or a running server can answer, such as whether a
/// tablespace exists, is accepted.
struct SettingCheck: Sendable {
  /// The canonical name, for messages.
  let name: String
  /// The same in lower case.
  let setting: String
  let record: SettingRecord?
  let values: SettingValues

  init(setting: SettingDefinition, values: SettingValues) {
    (name, self.setting) = (setting.name, setting.key)
    (record, self.values) = (setting.record, values)
  }

  var major: PostgresMajor { values.catalogue.major }

  func bool(_ isOn: Bool) throws(SettingValueError) {
    guard isOn, case .bool(let check)? = record?.check else { return }
    try check(self)(isOn)
  }

  /// - Returns: The number, or the one that the server replaces it with.
  func integer(_ number: Int) throws(SettingValueError) -> Int {
    guard case .integer(let check)? = record?.check else { return number }
    return try check(self)(number)
  }

  /// - Parameter text: As written, without its quotes.
  /// - Returns: The value that the server stores.
  func string(_ text: [UInt8]) throws(SettingValueError) -> String {
    let bytes = record?.isName == true ? Array(text.prefix(NameError.maximumLength)) : text
    switch record?.check {
    case .bytes(let check)?: return try check(self)(bytes)
    case .string(let check)?: return try check(self)(bytes.settingText)
    case .text(let check)?:
      let value = bytes.settingText
      try check(self)(value)
      return value
    case .bool?, .integer?, nil: return bytes.settingText
    }
  }
}

// The hooks of booleans, which are called only for `on`.
extension SettingCheck {
  /// No Linux package is built with it.
  func bonjour(_ isOn: Bool) throws(SettingValueError) {
    throw SettingValueError("Bonjour is not supported by this build")
  }

  func defaultWithOIDs(_ isOn: Bool) throws(SettingValueError) {
    throw SettingValueError("tables declared WITH OIDS are not supported")
  }

  /// check_stage_log_stats.
  func stageStats(_ isOn: Bool) throws(SettingValueError) {
    guard values["log_statement_stats"] == "on" else { return }
    throw .invalid(
      name, 1, detail: "Cannot enable parameter when \"log_statement_stats\" is true.")
  }

  /// check_log_stats.
  func statementStats(_ isOn: Bool) throws(SettingValueError) {
    let stages = ["log_parser_stats", "log_planner_stats", "log_executor_stats"]
    guard stages.contains(where: { values[$0] == "on" }) else { return }
    throw .invalid(
      name, 1,
      detail: "Cannot enable \"log_statement_stats\" when \"log_parser_stats\", "
        + "\"log_planner_stats\", or \"log_executor_stats\" is true.")
  }
}

// The hooks of integers.
extension SettingCheck {
  /// check_max_stack_depth: 8 MB of stack, Linux's default, less STACK_DEPTH_SLOP.
  func stackDepth(_ number: Int) throws(SettingValueError) -> Int {
    guard number > 7680 else { return number }
    throw .invalid(
      name, number, detail: "\"max_stack_depth\" must not exceed 7680kB.",
      hint: "Increase the platform's stack depth limit via \"ulimit -s\" or local equivalent.")
  }

  /// check_wal_buffers: at least four pages; -1 is replaced at the start.
  func walBuffers(_ number: Int) throws(SettingValueError) -> Int {
    number == -1 ? number : max(number, 4)
  }

  /// check_autovacuum_work_mem: the minimum of maintenance_work_mem.
  func autovacuumWorkMem(_ number: Int) throws(SettingValueError) -> Int {
    number == -1 ? number : max(number, major >= 17 ? 64 : 1024)
  }

  func vacuumBufferUsageLimit(_ number: Int) throws(SettingValueError) -> Int {
    guard number != 0, !(128...16_777_216).contains(number) else { return number }
    throw .invalid(
      name, number,
      detail: stoppedFrom18(
        "\"vacuum_buffer_usage_limit\" must be 0 or between 128 kB and 16777216 kB"))
  }

  /// check_slru_buffers: a multiple of the bank size.
  func slruBuffers(_ number: Int) throws(SettingValueError) -> Int {
    guard number % 16 != 0 else { return number }
    throw .invalid(name, number, detail: stoppedFrom18("\"\(setting)\" must be a multiple of 16"))
  }

  /// check_max_connections and similar hooks: up to 16, each checks the sum (MAX_BACKENDS
  /// in postmaster.h) as soon as it is set; later majors check it at the start.
  func backends(_ number: Int) throws(SettingValueError) -> Int {
    guard major <= 16 else { return number }
    let others = [
      "max_connections", "autovacuum_max_workers", "max_worker_processes", "max_wal_senders",
    ].filter { $0 != setting }
    let sum = others.reduce(number + 1) { $0 + values.integer($1) }
    guard sum <= 262_143 else { throw .invalid(name, number) }
    return number
  }
}
