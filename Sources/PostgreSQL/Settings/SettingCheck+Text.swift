import SourceText

extension SettingCheck {
  func tableAccessMethod(_ value: String) throws(SettingValueError) {
    guard value.isEmpty else { return }
    throw .invalid(
      name, value, detail: "\(quotedFrom17("default_table_access_method")) cannot be empty.")
  }

  func backtraceFunctions(_ value: String) throws(SettingValueError) {
    guard !value.isMadeOfASCIIWords(or: "_, \n\t") else { return }
    throw .invalid(
      name, value, detail: major >= 16 ? stoppedFrom18("Invalid character") : "invalid character")
  }

  /// Looks into the catalogs, which is impossible while the server starts; so does `role`.
  func sessionAuthorization(_ value: String) throws(SettingValueError) {
    throw .invalid(name, value)
  }

  func role(_ value: String) throws(SettingValueError) {
    if !SettingDefinition.isSameName(value, "none") { throw .invalid(name, value) }
  }

  /// Since 17, names in these sentences are quoted.
  func quotedFrom17(_ name: String) -> String { major.quotesSettingNames ? "\"\(name)\"" : name }

  /// Since 18, these sentences end with a full stop.
  func stoppedFrom18(_ sentence: String) -> String { major >= 18 ? sentence + "." : sentence }

  /// `pg_clean_ascii`: bytes other than printable ASCII become `?` up to 15, then `\xNN`.
  func cleaned(_ bytes: [UInt8]) throws(SettingValueError) -> String {
    bytes.map { byte in
      if (0x20..<0x7F).contains(byte) { return String(Unicode.Scalar(byte)) }
      return major >= 16 ? byte.escapedText : "?"
    }.joined()
  }

  /// `check_synchronous_standby_names` in syncrep.c.
  func synchronousStandbyNames(_ value: String) throws(SettingValueError) {
    do throws(SynchronousStandbyNames.ParseError) {
      _ = try SynchronousStandbyNames(value)
    } catch {
      throw .invalid(name, value, detail: error.description)
    }
  }

  /// `ReplicationSlotValidateName` in slot.c. The tested releases of 14 and 16 complain in
  /// a warning of their own; newer releases of the other majors add it to the sentence.
  func slotName(_ value: String) throws(SettingValueError) {
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
