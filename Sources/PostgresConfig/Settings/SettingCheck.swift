/// What the check hooks of the server make of a value that its type allows.
///
/// Each hook stands here with the file it is found in. What only the machine or a running
/// server can answer, such as whether a tablespace exists, is taken.
struct SettingCheck {
  /// The canonical name, for messages.
  let name: String
  /// The same in lower case.
  let setting: String
  let values: SettingValues

  init(setting: SettingDefinition, values: SettingValues) {
    (name, self.setting) = (setting.name, setting.name.asciiLowercased)
    self.values = values
  }

  var major: PostgresMajor { values.catalogue.major }

  func bool(_ isOn: Bool) throws(SettingValueError) {
    guard isOn else { return }
    switch setting {
    // check_bonjour: no package for Linux is built with it.
    case "bonjour": throw SettingValueError("Bonjour is not supported by this build")
    case "default_with_oids":
      throw SettingValueError("tables declared WITH OIDS are not supported")
    // check_stage_log_stats and check_log_stats.
    case "log_parser_stats", "log_planner_stats", "log_executor_stats":
      guard values["log_statement_stats"] == "on" else { return }
      throw .invalid(
        name, 1, detail: "Cannot enable parameter when \"log_statement_stats\" is true.")
    case "log_statement_stats":
      let stages = ["log_parser_stats", "log_planner_stats", "log_executor_stats"]
      guard stages.contains(where: { values[$0] == "on" }) else { return }
      throw .invalid(
        name, 1,
        detail: "Cannot enable \"log_statement_stats\" when \"log_parser_stats\", "
          + "\"log_planner_stats\", or \"log_executor_stats\" is true.")
    default: return
    }
  }

  /// - Returns: The number, or the one that the server puts in its place.
  func integer(_ number: Int) throws(SettingValueError) -> Int {
    switch setting {
    // check_max_stack_depth: 8 MB of stack, Linux's default, less STACK_DEPTH_SLOP.
    case "max_stack_depth" where number > 7680:
      throw .invalid(
        name, number, detail: "\"max_stack_depth\" must not exceed 7680kB.",
        hint: "Increase the platform's stack depth limit via \"ulimit -s\" or local equivalent.")
    // check_wal_buffers: at least four pages; -1 is chosen at the start.
    case "wal_buffers": return number == -1 ? number : max(number, 4)
    // check_autovacuum_work_mem: the least of maintenance_work_mem.
    case "autovacuum_work_mem":
      return number == -1 ? number : max(number, major >= 17 ? 64 : 1024)
    // check_vacuum_buffer_usage_limit.
    case "vacuum_buffer_usage_limit" where number != 0 && !(128...16_777_216).contains(number):
      throw .invalid(
        name, number,
        detail: stoppedFrom18(
          "\"vacuum_buffer_usage_limit\" must be 0 or between 128 kB and 16777216 kB"))
    // check_slru_buffers: whole banks.
    case "commit_timestamp_buffers", "multixact_member_buffers", "multixact_offset_buffers",
      "notify_buffers", "serializable_buffers", "subtransaction_buffers", "transaction_buffers":
      guard number % 16 != 0 else { return number }
      throw .invalid(name, number, detail: stoppedFrom18("\"\(setting)\" must be a multiple of 16"))
    case "max_connections", "autovacuum_max_workers", "max_worker_processes", "max_wal_senders":
      try checkBackends(number)
    default: break
    }
    return number
  }

  /// check_max_connections and its likes: up to 16 each looks at the sum (MAX_BACKENDS in
  /// postmaster.h) as soon as it is set; later the start does.
  private func checkBackends(_ number: Int) throws(SettingValueError) {
    guard major <= 16 else { return }
    let others = [
      "max_connections", "autovacuum_max_workers", "max_worker_processes", "max_wal_senders",
    ].filter { $0 != setting }
    let sum = others.reduce(number + 1) { $0 + values.integer($1) }
    guard sum <= 262_143 else { throw .invalid(name, number) }
  }
}
