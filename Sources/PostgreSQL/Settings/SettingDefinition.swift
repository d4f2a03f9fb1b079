import SourceText

/// A setting in one major: its row in `pg_settings` on a fresh data directory.
package struct SettingDefinition: Hashable, Sendable {
  /// The type of a setting and the values that it accepts.
  package enum Kind: Hashable, Sendable {
    case bool
    /// Bounds and values are in the unit; without a unit, none may be written.
    case integer(ClosedRange<Int>, unit: SettingUnit?)
    case real(ClosedRange<Double>, unit: SettingUnit?)
    case string
    /// An enum, with the values that the server lists, in its order.
    case choice([String])
  }

  /// When a setting can be changed, and thus what a change costs (`GucContext` in guc.h).
  package enum Context: String, Hashable, Sendable, CaseIterable {
    /// Never: it shows a fact.
    case `internal`
    /// In the file, with a restart.
    case postmaster
    /// In the file, with a reload.
    case sighup
    /// For connections that begin after the reload, or by superusers in the options of a
    /// connection.
    case superuserBackend = "superuser-backend"
    /// For connections that begin after the reload.
    case backend
    /// At any time, by superusers.
    case superuser
    /// At any time, by any user.
    case user
  }

  /// The canonical name; in lower case except for `DateStyle`, `IntervalStyle` and `TimeZone`.
  package let name: String
  /// The same in lower case: names are compared ignoring case.
  package let key: String
  package let kind: Kind
  package let context: Context
  /// The value if nobody sets one, in the unit; also empty if it depends on the build.
  package let bootValue: String
  /// The server's own sentence, in the wording of the newest major.
  package let summary: String
  /// Whether its validity depends on other settings, so that it cannot be judged alone.
  package let looksAtOthers: Bool

  /// Whether two names refer to the same setting: ASCII case is ignored
  /// (`guc_name_compare`).
  package static func isSameName(_ a: String, _ b: String) -> Bool {
    a.asciiLowercased.hasSameBytes(as: b.asciiLowercased)
  }

  /// What is known about it beyond the row of the table.
  var record: SettingRecord? { SettingRecord.of(key) }

  /// The unit of a number written without one.
  package var unit: SettingUnit? {
    switch kind {
    case .integer(_, let unit), .real(_, let unit): unit
    case .bool, .string, .choice: nil
    }
  }
}

extension SettingDefinition {
  /// The columns of the table starting with the type; nil if one cannot be read.
  init?(_ name: String, columns: [String]) {
    guard columns.count == 8, let context = Context(rawValue: columns[5]),
      let kind = Kind(columns)
    else { return nil }
    (self.name, self.kind, self.context) = (name, kind, context)
    key = name.asciiLowercased
    looksAtOthers = SettingRecord.of(key)?.looksAtOthers ?? false
    (bootValue, summary) = (columns[6], columns[7])
  }
}

extension SettingDefinition.Kind {
  fileprivate init?(_ columns: [String]) {
    let unit = SettingUnit(rawValue: columns[1])
    switch columns[0] {
    case "bool": self = .bool
    case "string": self = .string
    case "enum":
      self = .choice(
        columns[4].split(separator: ",", omittingEmptySubsequences: false)
          .map(String.init))
    case "integer":
      guard let low = Int(columns[2]), let high = Int(columns[3]), low <= high else { return nil }
      self = .integer(low...high, unit: unit)
    case "real":
      guard let low = Double(columns[2]), let high = Double(columns[3]), low <= high else {
        return nil
      }
      // DBL_MAX, which pg_settings prints with six digits.
      self = .real(
        low...(columns[3] == "1.79769e+308" ? .greatestFiniteMagnitude : high), unit: unit)
    default: return nil
    }
  }
}
