extension SettingCheck {
  /// - Parameter text: as written, without its quotes.
  /// - Returns: What the server stores.
  func string(_ text: [UInt8]) throws(SettingValueError) -> String {
    // GUC_IS_NAME: cut to NAMEDATALEN - 1 bytes.
    let bytes = Self.areNames.contains(setting) ? Array(text.prefix(63)) : text
    let value = bytes.settingText
    switch setting {
    case "application_name", "cluster_name": return cleaned(bytes)
    case "client_encoding": return try encoding(value)
    case "datestyle": return try dateStyle(value)
    case "timezone", "log_timezone": try checkTimeZone(value)
    // Files in the folder timezonesets of the server.
    case "timezone_abbreviations":
      // The name of a file in a folder: without it, that of the folder.
      if value.isEmpty {
        throw SettingValueError("could not read time zone file \"\": Is a directory")
      }
      if !["Default", "Australia", "India"].contains(value) { throw .invalid(name, value) }
    case "lc_messages", "lc_monetary", "lc_numeric", "lc_time":
      if !isPossibleLocale(value) { throw .invalid(name, value) }
    case "default_table_access_method":
      if value.isEmpty {
        throw .invalid(
          name, value, detail: "\(quotedFrom17("default_table_access_method")) cannot be empty.")
      }
    case "backtrace_functions":
      if !value.isMadeOfASCIIWords(or: "_, \n\t") {
        throw .invalid(
          name, value,
          detail: major >= 16 ? stoppedFrom18("Invalid character") : "invalid character")
      }
    // Both ask the catalogs, which nobody can while the server starts.
    case "session_authorization": throw .invalid(name, value)
    case "role": if !SettingDefinition.isSameName(value, "none") { throw .invalid(name, value) }
    case "synchronous_standby_names": try checkSynchronousStandbyNames(value)
    case "primary_slot_name": try checkSlotName(value)
    case _ where setting.hasPrefix("recovery_target"): try checkRecoveryTarget(value)
    default: try checkList(value)
    }
    return value
  }

  private static let areNames: Set = [
    "application_name", "client_encoding", "cluster_name", "default_table_access_method", "role",
    "session_authorization",
  ]

  /// From 17 on names in these sentences are quoted.
  func quotedFrom17(_ name: String) -> String { major >= 17 ? "\"\(name)\"" : name }

  /// From 18 on these sentences end with a full stop.
  func stoppedFrom18(_ sentence: String) -> String { major >= 18 ? sentence + "." : sentence }

  /// `pg_clean_ascii`: other than printable ASCII is `?` up to 15, then `\xNN`.
  private func cleaned(_ bytes: [UInt8]) -> String {
    bytes.map { byte in
      if (0x20..<0x7F).contains(byte) { return String(Unicode.Scalar(byte)) }
      return major >= 16 ? byte.escapedText : "?"
    }.joined()
  }

  /// `check_synchronous_standby_names` in syncrep.c.
  private func checkSynchronousStandbyNames(_ value: String) throws(SettingValueError) {
    do throws(SynchronousStandbyNames.ParseError) {
      _ = try SynchronousStandbyNames(value)
    } catch {
      throw .invalid(name, value, detail: error.description)
    }
  }

  /// `ReplicationSlotValidateName` in slot.c. The releases of 14 and 16 that were asked
  /// complain in a warning of their own; the others' newer ones add it to the sentence.
  private func checkSlotName(_ value: String) throws(SettingValueError) {
    guard !value.isEmpty, let (complaint, hint) = slotComplaint(value) else { return }
    let message = "invalid value for parameter \"\(name)\": \"\(value)\""
    if major == 14 || major == 16 {
      throw SettingValueError(message, hint: hint, warning: complaint)
    }
    throw SettingValueError(message, detail: complaint, hint: hint)
  }

  /// What is wrong with the name of a slot, and a hint.
  func slotComplaint(_ slot: String) -> (complaint: String, hint: String?)? {
    let subject = "replication slot name \"\(slot)\""
    if slot.isEmpty { return ("\(subject) is too short", nil) }
    if slot.utf8.count > NameError.maximumLength { return ("\(subject) is too long", nil) }
    guard (try? SlotName(slot)) == nil else { return nil }
    return (
      "\(subject) contains invalid character",
      "Replication slot names may only contain lower case letters, numbers, and the underscore "
        + "character."
    )
  }
}
