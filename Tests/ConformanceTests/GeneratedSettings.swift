import PostgreSQL
import TestSupport

/// Settings with values near every edge: bounds, units, notations, abbreviated words.
struct GeneratedSettings {
  private var random: SeededGenerator
  private let catalogue: SettingCatalogue
  private let names: [String]

  init(seed: UInt64, major: PostgresMajor, leavingOut more: Set<String> = []) {
    random = SeededGenerator(seed: seed)
    let catalogue = SettingCatalogue(major)
    self.catalogue = catalogue
    names = catalogue.names.filter { name in
      catalogue[name]?.context != .internal && !Self.isLeftOut(name)
        && !more.contains(name)
        && SettingAvailability(of: name)?.dependsOnRelease == false
    }
  }

  /// Settings that hide the server's answers, abort the start, or depend on the machine.
  private static func isLeftOut(_ name: String) -> Bool {
    [
      "config_file", "data_directory", "hba_file", "ident_file", "lc_messages", "lc_monetary",
      "lc_numeric", "lc_time",
      "log_destination", "log_error_verbosity", "log_line_prefix", "log_min_error_statement",
      "log_min_messages", "logging_collector", "max_stack_depth", "recovery_target",
      "recovery_target_name", "recovery_target_time", "recovery_target_xid", "log_timezone",
      "TimeZone", "unix_socket_directories", "huge_page_size",
    ].contains(name)
  }

  /// Different settings, each with one value.
  mutating func next(_ count: Int) -> [(name: String, value: String)] {
    names.shuffled(using: &random).prefix(count).compactMap { name in
      guard let definition = catalogue[name] else { return nil }
      let isOdd = Int.random(in: 0..<8, using: &random) == 0
      return (isOdd ? name.uppercased() : name, value(of: definition))
    }
  }

  private mutating func value(of definition: SettingDefinition) -> String {
    switch definition.kind {
    case .bool:
      return cased(
        pick([
          "on", "off", "of", "o", "true", "tru", "truee", "f", "n", "y", "1", "0", "2", "01", "",
          " on", "null",
        ]))
    case .choice(let values):
      return cased(
        pick(
          values + [
            "on", "off", "yes", "no", "true", "0", "1", "debug", "info", "archive", "x", "",
          ]
            + values.map { String($0.dropLast()) }))
    case .integer(let range, let unit):
      let bounds = [range.lowerBound, range.upperBound, 0, -1, 2_147_483_647, -2_147_483_648, 100]
      let number = pick(bounds) + pick([0, 0, 0, 1, -1, 8])
      return spaced(notation(of: number) + unitText(of: unit))
    case .real(let range, let unit):
      let number = pick([range.lowerBound, range.upperBound, 0, 1, 0.1]) + pick([0, 0, 1, -0.001])
      let text = pick([
        "\(number)", "1e-3", "1.5", ".5", "5.", "0x1p-2", "inf", "-inf", "nan", "1e400", "1e-400",
        "1e", "0x", "", "-0", "1234567.25", "0.00001234",
      ])
      return spaced(text + unitText(of: unit))
    case .string:
      return pick([
        "", "a", "a, b", "a,,b", "\"a", "\"A\", b", "on", "it's", "a\\b", "é", "a\tb", "8",
        "Default", "none", "utf8", "iso, dmy", "0/1", "latest",
        String(repeating: "x", count: 70), "data", "view", "stderr, csvlog", "a_1", "*",
      ])
    }
  }

  private mutating func notation(of number: Int) -> String {
    let magnitude = abs(number)
    let sign = number < 0 ? "-" : pick(["", "", "", "+"])
    switch Int.random(in: 0..<9, using: &random) {
    case 0: return sign + "0x" + String(magnitude, radix: 16)
    case 1: return sign + "0" + String(magnitude, radix: 8)
    case 2: return sign + "\(magnitude).5"
    case 3: return sign + "\(magnitude)e0"
    case 4: return sign + "\(magnitude)."
    case 5:
      return pick(["0x", "08", "1e", ".5", "1,5", "1_0", "", "x", "1e1", "99999999999999999999"])
    default: return sign + String(magnitude)
    }
  }

  private mutating func unitText(of unit: SettingUnit?) -> String {
    let right = unit.map { $0.writable.map(\.name) + [$0.rawValue] } ?? []
    return pick([
      "", "", "", pick(right + [""]), pick(right + [""]),
      pick(["B", "kB", "MB", "ms", "s", "min", "KB", "mb", "m", "8kB", "sec", "PB", "us", "h"]),
    ])
  }

  private mutating func spaced(_ text: String) -> String {
    switch Int.random(in: 0..<12, using: &random) {
    case 0: " " + text
    case 1: text + " "
    case 2: text.replacing(/(\d)([a-zA-Z]+)$/) { "\($0.output.1) \($0.output.2)" }
    default: text
    }
  }

  private mutating func cased(_ text: String) -> String {
    Int.random(in: 0..<4, using: &random) == 0 ? text.uppercased() : text
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: elements.indices, using: &random)]
  }

  /// A line that is often invalid: tokens of the lexer in any order.
  mutating func nextLine() -> String {
    let tokens = [
      "work_mem", "port", "a.b", "a.b.c", "=", "'x'", "'a''b'", "'a\\'b'", "'open", "8MB", "1.5",
      "1.5MB", "-1", "+", "0x1F", "0xG", "1e3", "1e-3", "1.0e-3", ".", "..", "x-y", "/x", "a/b:c",
      "#c", ";", "\"q\"", "\\", "é", "_a", "a_", "$x", "'\\101'", "''", "include", "1_0", "%",
    ]
    return (0..<Int.random(in: 1...4, using: &random)).map { _ in pick(tokens) }
      .joined(separator: pick([" ", " ", "", "\t"]))
  }
}
