/// A word that the server takes for a value of an enum although it does not list it: the
/// entries of guc_tables.c that are marked hidden.
package struct SettingAlias: Hashable, Sendable {
  /// In lower case; case does not count.
  package let text: String
  package let value: String

  /// The hidden words of a setting, and listed ones that stand for another value.
  package static func all(of setting: String) -> [SettingAlias] {
    switch setting {
    case "archive_mode", "backslash_quote", "compute_query_id", "constraint_exclusion",
      "debug_parallel_query", "force_parallel_mode", "huge_pages", "recovery_prefetch",
      "synchronous_commit":
      return bools
    case "wal_compression":
      // `on` is pglz, and so is shown.
      return bools.map { $0.value == "on" ? SettingAlias(text: $0.text, value: "pglz") : $0 }
        + [SettingAlias(text: "on", value: "pglz")]
    case "wal_level":
      return ["archive", "hot_standby"].map { SettingAlias(text: $0, value: "replica") }
    case "client_min_messages", "trace_recovery_messages", "icu_validation_level":
      return [
        SettingAlias(text: "debug", value: "debug2"), SettingAlias(text: "info", value: "info"),
      ]
    case "log_min_messages", "log_min_error_statement":
      return [SettingAlias(text: "debug", value: "debug2")]
    default:
      return []
    }
  }

  private static let bools =
    ["true", "yes", "1"].map { SettingAlias(text: $0, value: "on") }
    + ["false", "no", "0"].map { SettingAlias(text: $0, value: "off") }
}
