/// The value of a setting as a server has it.
package enum SettingValue: Hashable, Sendable {
  case bool(Bool)
  /// In the unit of the setting.
  case integer(Int)
  /// In the unit of the setting.
  case real(Double)
  case string(String)
  /// Of an enum: one of the words that the server lists.
  case choice(String)

  /// As `SHOW` prints it, without units.
  package var text: String {
    switch self {
    case .bool(let isOn): isOn ? "on" : "off"
    case .integer(let number): String(number)
    case .real(let number): number.settingText
    case .string(let text), .choice(let text): text
    }
  }
}

extension SettingDefinition {
  /// The value from a text that the server shows, without units.
  package func typed(_ text: String) -> SettingValue {
    switch kind {
    case .bool: .bool(text == "on")
    case .integer: Int(text).map { .integer($0) } ?? .string(text)
    case .real: Double(text).map { .real($0) } ?? .string(text)
    case .string: .string(text)
    case .choice: .choice(text)
    }
  }
}
