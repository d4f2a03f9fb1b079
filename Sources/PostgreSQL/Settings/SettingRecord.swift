/// What is known about a setting beyond its row in the generated table: how the server
/// reads old names and hidden words, which function checks a value, and what replaced a
/// removed name. PostgreSQL keeps the same facts together in guc_parameters.dat.
///
/// `SettingRecord.all` has one for each setting that needs it.
package struct SettingRecord: Sendable {
  /// The check hook: a method of `SettingCheck`, named as in guc_parameters.dat.
  enum Check: Sendable {
    case bool(@Sendable (SettingCheck) -> (Bool) throws(SettingValueError) -> Void)
    /// Returns the number, or the one that the server replaces it with.
    case integer(@Sendable (SettingCheck) -> (Int) throws(SettingValueError) -> Int)
    /// Returns the value that the server stores.
    case string(@Sendable (SettingCheck) -> (String) throws(SettingValueError) -> String)
    /// The same for text that may not be UTF-8.
    case bytes(@Sendable (SettingCheck) -> ([UInt8]) throws(SettingValueError) -> String)
    /// Stores the text as written.
    case text(@Sendable (SettingCheck) -> (String) throws(SettingValueError) -> Void)
  }

  /// What replaced a setting that was removed.
  package enum Successor: Hashable, Sendable {
    /// The same setting under another name: the value may be kept.
    case renamed(String)
    /// Another setting, in megabytes instead of segments.
    case segments(String)
  }

  /// In lower case.
  let name: String
  /// Words that an enum accepts without listing them.
  var aliases: [SettingAlias] = []
  var check: Check?
  /// Whether the check looks at other settings, so that a value cannot be judged alone.
  var looksAtOthers = false
  /// GUC_IS_NAME: the server truncates it to NAMEDATALEN - 1 bytes.
  var isName = false
  /// The setting that an old name stands for, where the table has no row for the old name
  /// (`map_old_guc_names` in guc.c).
  var currentName: String?
  /// The first major without it (release notes of that major, "Migration").
  var goneSince: PostgresMajor?
  /// What to write or do instead, as a full sentence; nil if nothing replaces it.
  var instead: String?
  var successor: Successor?
  /// Whether minor releases, or a packager's patch, added it to majors that did not have it
  /// at first.
  var dependsOnRelease = false

  /// The record for a name in lower case; nil if the table says it all.
  static func of(_ key: String) -> SettingRecord? { byName[key] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// At most one of these may be set; they are in the order in which the server names them.
  static let recoveryTargets = [
    "recovery_target", "recovery_target_lsn", "recovery_target_name", "recovery_target_time",
    "recovery_target_xid",
  ]
}
