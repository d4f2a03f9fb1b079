/// What is known of a setting beside its row in the generated table: how the server reads
/// old names and hidden words, which of its functions checks a value, and what becomes of a
/// name that is gone. PostgreSQL keeps the same together in guc_parameters.dat.
///
/// `SettingRecord.all` has one for each setting about which there is something to say.
package struct SettingRecord: Sendable {
  /// The check hook: a method of `SettingCheck`, named here as in guc_parameters.dat.
  enum Check: Sendable {
    case bool(@Sendable (SettingCheck) -> (Bool) throws(SettingValueError) -> Void)
    /// Gives back the number, or the one that the server puts in its place.
    case integer(@Sendable (SettingCheck) -> (Int) throws(SettingValueError) -> Int)
    /// Gives back what the server stores.
    case string(@Sendable (SettingCheck) -> (String) throws(SettingValueError) -> String)
    /// The same of text that may be no UTF-8.
    case bytes(@Sendable (SettingCheck) -> ([UInt8]) throws(SettingValueError) -> String)
    /// Stores what is written.
    case text(@Sendable (SettingCheck) -> (String) throws(SettingValueError) -> Void)
  }

  /// What took the place of a setting that is gone.
  package enum Successor: Hashable, Sendable {
    /// The same under another name: the value may stay.
    case renamed(String)
    /// Another setting, in megabytes instead of in segments.
    case segments(String)
  }

  /// In lower case.
  let name: String
  /// Words that an enum takes although it does not list them.
  var aliases: [SettingAlias] = []
  var check: Check?
  /// Whether the check looks at other settings, so that a value cannot be judged alone.
  var looksAtOthers = false
  /// GUC_IS_NAME: the server cuts it to NAMEDATALEN - 1 bytes.
  var isName = false
  /// The setting that the server takes an old name for, where the table has no row of it
  /// (`map_old_guc_names` in guc.c).
  var currentName: String?
  /// The first major without it (release notes of that major, "Migration").
  var goneSince: PostgresMajor?
  /// What to write or do instead, as a full sentence; nil when nothing takes its place.
  var instead: String?
  var successor: Successor?
  /// Whether minor releases brought it to majors that did not have it at first, or a
  /// packager's patch did.
  var dependsOnRelease = false

  /// The record of a name in lower case; nil when the table says all.
  static func of(_ key: String) -> SettingRecord? { byName[key] }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })

  /// At most one of them may be set, in the order in which the server names them.
  static let recoveryTargets = [
    "recovery_target", "recovery_target_lsn", "recovery_target_name", "recovery_target_time",
    "recovery_target_xid",
  ]
}
