import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let ambiguousYAMLValue = LintRule(
    "ambiguous-yaml-value", .note, .settings,
    summary: "Finds values of settings that other readers of YAML take for something else.",
    rationale: """
      pgtopo hands a value on as it stands. Scripts and editors that read the same file may not: \
      without quotes YAML 1.1 takes 0777 for 511, 12:30 for 750, 1_000 for 1000 and off for false. \
      Only values that would then mean something else to PostgreSQL are reported.
      """,
    bad: [
      """
      settings: {unix_socket_permissions: ▸0777◂, cluster_name: ▸12:30◂}
      """,
      """
      settings: {cluster_name: ▸off◂, pgtopo.batch: ▸1_000◂}
      """,
    ],
    good: [
      """
      settings:
        unix_socket_permissions: '0777'
        hot_standby: on
        wal_compression: on
        auto_explain.log_analyze: on
        max_slot_wal_keep_size: 4GB
      """
    ]
  ) { topology, findings in
    for (server, setting, place) in topology.judgedSettings {
      guard case .taken(let value) = setting.verdict, setting.isPlain(at: place),
        let reading = OtherReadings.of(setting.text).first(where: {
          setting.means(other: $0, than: value.text, on: server)
        })
      else { continue }
      let quoted = "'\(setting.text)'"
      findings.report(
        .ambiguous(setting.text, reading), at: place.value,
        hint: "Write \(text: quoted), with the quotes.",
        fixes: [Fix("Write \(text: quoted).", .safe, replacing: place.value, with: quoted)])
    }
  }
}

extension ServedSetting {
  /// Whether it is written without quotes, which would make the source longer than the value.
  fileprivate func isPlain(at place: Place) -> Bool {
    place.value.offsets.count == text.utf8.count
  }

  fileprivate func means(other text: String, than value: String, on server: ServedSettings) -> Bool
  {
    let isBoolean = ["true", "false"].contains(text)
    guard let definition else { return !isBoolean && text != value }
    // A list in which these words stand for each other.
    if isBoolean, definition.name == "log_connections" { return false }
    let values = SettingValues(defaultsOf: server.catalogue)
    guard let other = try? definition.value(of: Array(text.utf8), among: values) else {
      return true
    }
    return other != value
  }
}

/// How YAML 1.1 and 1.2 read plain scalars that are not strings to them.
private enum OtherReadings {
  /// The value as these readers would write it.
  static func of(_ text: String) -> [String] {
    guard text.utf8.first.map(isDigit) == true else { return word(text) }
    // Nearly every number has a unit, and is text to all.
    guard text.utf8.allSatisfy({ isDigit($0) || ":_".utf8.contains($0) }) || hasRadix(text) else {
      return []
    }
    let digits = text.replacing("_", with: "")
    if digits.hasPrefix("0x") { return number(digits.dropFirst(2), radix: 16) }
    if digits.hasPrefix("0b") { return number(digits.dropFirst(2), radix: 2) }
    if digits.contains(":") { return sexagesimal(digits) }
    guard digits.utf8.allSatisfy(isDigit) else { return [] }
    let octal = digits.hasPrefix("0") ? number(digits[...], radix: 8) : []
    return octal + number(digits[...], radix: 10)
  }

  private static func word(_ text: String) -> [String] {
    switch text.lowercased() {
    case "yes", "on", "true": ["true"]
    case "no", "off", "false": ["false"]
    case "null", "~": [""]
    default: []
    }
  }

  /// Whether it begins as a number of radix 16 or 2 does; underscores may come between.
  private static func hasRadix(_ text: String) -> Bool {
    guard text.utf8.first == UInt8(ascii: "0") else { return false }
    let letter = text.utf8.dropFirst().first { $0 != UInt8(ascii: "_") }
    return letter == UInt8(ascii: "x") || letter == UInt8(ascii: "b")
  }

  private static func sexagesimal(_ text: String) -> [String] {
    let parts = text.split(separator: ":", omittingEmptySubsequences: false).map { Int($0) }
    var sum = 0
    for (index, part) in parts.enumerated() {
      guard let part, part >= 0, index == 0 || part < 60, sum < 1_000_000_000 else { return [] }
      sum = sum * 60 + part
    }
    return ["\(sum)"]
  }

  private static func number(_ digits: Substring, radix: Int) -> [String] {
    Int(digits, radix: radix).map { ["\($0)"] } ?? []
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }
}

extension Diagnostic.Message {
  fileprivate static func ambiguous(_ text: String, _ reading: String) -> Self {
    reading.isEmpty
      ? "other readers of YAML take \(text: text) for no value"
      : "other readers of YAML take \(text: text) for \(text: reading)"
  }
}
