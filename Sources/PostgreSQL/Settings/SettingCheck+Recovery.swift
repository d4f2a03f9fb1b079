import SourceText

// The checks of xlogrecovery.c, which treat empty text as "not set".
extension SettingCheck {
  func recoveryTarget(_ value: String) throws(SettingValueError) {
    guard !value.isEmpty, value != "immediate" else { return }
    throw .invalid(name, value, detail: "The only allowed value is \"immediate\".")
  }

  func recoveryTargetLSN(_ value: String) throws(SettingValueError) {
    guard !value.isEmpty else { return }
    let halves = value.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    let isPosition =
      halves.count == 2
      && halves.allSatisfy { (1...8).contains($0.count) && $0.allSatisfy(\.isASCIIHexDigit) }
    if !isPosition { throw .invalid(name, value) }
  }

  func recoveryTargetName(_ value: String) throws(SettingValueError) {
    guard value.utf8.count > NameError.maximumLength else { return }
    throw .invalid(
      name, value, detail: "\(quotedFrom17(setting)) is too long (maximum 63 characters).")
  }

  func recoveryTargetTime(_ value: String) throws(SettingValueError) {
    if !value.isEmpty, !Self.isPossibleTime(value) { throw .invalid(name, value) }
  }

  func recoveryTargetTimeline(_ value: String) throws(SettingValueError) {
    guard !["", "current", "latest"].contains(value), !isNumber(value) else { return }
    throw .invalid(name, value, detail: "\(quotedFrom17(setting)) is not a valid number.")
  }

  func recoveryTargetXID(_ value: String) throws(SettingValueError) {
    guard !value.isEmpty, !isNumber(value) else { return }
    throw .invalid(
      name, value,
      detail: major >= 19 ? "\"recovery_target_xid\" is not a valid number." : nil)
  }

  /// Whether `strtoul` accepts it: up to 18, only a number out of range is refused, and a
  /// word is read as zero.
  private func isNumber(_ value: String) -> Bool {
    let bytes = Array(value.utf8)
    let digits = bytes.prefix(while: \.isASCIIDigit)
    let isInRange = digits.isEmpty || UInt64(String(decoding: digits, as: UTF8.self)) != nil
    guard major >= 19 else { return isInRange }
    return isInRange && CNumber.integer(bytes)?.end == bytes.count
  }

  /// A date as the server writes one: year first, month and day in their ranges.
  /// check_recovery_target_time refuses relative words (`now`, `yesterday`, `infinity`).
  private static func isPossibleTime(_ value: String) -> Bool {
    let date = value.utf8.prefix { $0.isASCIIDigit || $0 == UInt8(ascii: "-") }
    let parts = date.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
      .map { Int(String(decoding: $0, as: UTF8.self)) ?? 0 }
    if parts.count == 3 { return (1...12).contains(parts[1]) && (1...31).contains(parts[2]) }
    // There are many other ways to write a date; all of them have a year and a day.
    return value.utf8.count(where: \.isASCIIDigit) >= 3
  }
}
