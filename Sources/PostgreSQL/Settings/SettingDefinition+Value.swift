import SourceText

extension SettingDefinition {
  /// The value that the server takes from a text: in the unit of the setting, as `SHOW` would
  /// print it without units; booleans as `on` and `off`, enums in their canonical spelling.
  ///
  /// This is `parse_and_validate_value` in guc.c and the check hooks behind it.
  /// - Parameters:
  ///   - text: The text without the quotes of the file.
  ///   - writtenName: The name as written in the file: up to 16 the messages repeat it,
  ///     later ones use the canonical name.
  ///   - values: The values of the other settings, since some checks look at them.
  package func value(
    of text: [UInt8], writtenName: String? = nil, among values: SettingValues
  ) throws(SettingValueError) -> String {
    // The messages of check hooks use the canonical name, whatever was written.
    let check = SettingCheck(setting: self, values: values)
    let name = check.major.namesSettingsCanonically ? self.name : writtenName ?? self.name
    switch kind {
    case .bool:
      guard let isOn = Self.bool(text) else {
        throw SettingValueError("parameter \"\(name)\" requires a Boolean value")
      }
      try check.bool(isOn)
      return isOn ? "on" : "off"
    case .integer(let range, let unit):
      let number = try Self.integer(text, unit, name)
      guard range.contains(number) else {
        throw .outside(
          String(number), "\(range.lowerBound)", "\(range.upperBound)", unit, name, check.major)
      }
      return String(try check.integer(number))
    case .real(let range, let unit):
      let number = try Self.real(text, unit, name)
      guard range.contains(number) else {
        throw .outside(
          number.settingText, range.lowerBound.settingText, range.upperBound.settingText, unit,
          name, check.major)
      }
      return number.settingText
    case .choice(let values):
      return try Self.choice(text, among: values, aliases: record?.aliases ?? [], name)
    case .string:
      return try check.string(text)
    }
  }

  /// `parse_bool`: ignores case, and accepts unambiguous prefixes of the words.
  private static func bool(_ text: [UInt8]) -> Bool? {
    let word = text.map { $0.isASCIIUppercase ? $0 | 0x20 : $0 }
    guard !word.isEmpty else { return nil }
    let words: [(String, least: Int, Bool)] = [
      ("true", 1, true), ("false", 1, false), ("yes", 1, true), ("no", 1, false),
      ("on", 2, true), ("off", 2, false), ("1", 1, true), ("0", 1, false),
    ]
    return words.first { full, least, _ in
      word.count >= least && full.utf8.starts(with: word)
    }?.2
  }

  /// `parse_int`: a number that is not an integer is rounded, halves to even.
  private static func integer(
    _ text: [UInt8], _ unit: SettingUnit?, _ name: String
  ) throws(SettingValueError) -> Int {
    let number = try scaled(CNumber.integer(text), text, unit, name)
    let rounded = number.rounded(.toNearestOrEven)
    guard rounded >= -2_147_483_648, rounded <= 2_147_483_647 else {
      throw .invalid(name, text.settingText, hint: "Value exceeds integer range.")
    }
    return Int(rounded)
  }

  /// `parse_real`.
  private static func real(
    _ text: [UInt8], _ unit: SettingUnit?, _ name: String
  ) throws(SettingValueError) -> Double {
    try scaled(CNumber.real(text), text, unit, name)
  }

  /// The number multiplied by the unit after it, which may have blanks around it.
  private static func scaled(
    _ number: CNumber?, _ text: [UInt8], _ unit: SettingUnit?, _ name: String
  ) throws(SettingValueError) -> Double {
    guard let number, !number.value.isNaN else { throw .invalid(name, text.settingText) }
    let rest = text[number.end...].drop(while: CNumber.isSpace)
    guard !rest.isEmpty else { return number.value }
    guard let unit else { throw .invalid(name, text.settingText) }
    // MAX_UNIT_LEN in guc.c.
    let word = rest.prefix { !CNumber.isSpace($0) }
    guard word.count <= 3, rest.dropFirst(word.count).allSatisfy(CNumber.isSpace),
      let value = unit.converted(number.value, from: String(decoding: word, as: UTF8.self))
    else { throw .invalid(name, text.settingText, hint: unit.hint) }
    return value
  }

  /// `config_enum_lookup_by_name`: ignores case, but accepts no prefixes.
  private static func choice(
    _ text: [UInt8], among values: [String], aliases: [SettingAlias], _ name: String
  ) throws(SettingValueError) -> String {
    let word = text.settingText.asciiLowercased
    // wal_compression has a listed value that stands for another listed value.
    if let alias = aliases.first(where: { $0.text == word }) { return alias.value }
    if let value = values.first(where: { $0.asciiLowercased.hasSameBytes(as: word) }) {
      return value
    }
    throw .invalid(
      name, text.settingText, hint: "Available values: \(values.joined(separator: ", ")).")
  }
}

extension SettingValueError {
  /// Since 17, the bounds have their unit, too.
  fileprivate static func outside(
    _ number: String, _ low: String, _ high: String, _ unit: SettingUnit?, _ name: String,
    _ major: PostgresMajor
  ) -> SettingValueError {
    let unit = unit.map { " " + $0.rawValue } ?? ""
    let bound = major.quotesSettingNames ? unit : ""
    return SettingValueError(
      "\(number)\(unit) is outside the valid range for parameter \"\(name)\" "
        + "(\(low)\(bound) .. \(high)\(bound))")
  }
}

extension Collection<UInt8> {
  /// The bytes as text; bytes that are not UTF-8 are written `\xNN`.
  package var settingText: String {
    let bytes = Array(self)
    if let text = String(validating: bytes, as: UTF8.self) { return text }
    var text = ""
    var parser = Unicode.UTF8.ForwardParser()
    var iterator = bytes.makeIterator()
    var index = 0
    while true {
      switch parser.parseScalar(from: &iterator) {
      case .valid(let scalar):
        text += String(decoding: scalar, as: UTF8.self)
        index += scalar.count
      case .error(let length):
        for byte in bytes[index..<index + length] { text += byte.escapedText }
        index += length
      case .emptyInput: return text
      }
    }
  }
}

extension UInt8 {
  /// `\xNN`
  var escapedText: String { "\\x" + (self < 16 ? "0" : "") + String(self, radix: 16) }
}
