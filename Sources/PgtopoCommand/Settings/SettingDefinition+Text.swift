import PostgreSQL
import SchemaCoding

extension SettingDefinition {
  /// `integer, counted in kB`
  var typeText: String {
    let counted = unit.map { ", counted in \($0 == .blocks ? "blocks of 8kB" : $0.rawValue)" } ?? ""
    return typeName + counted
  }

  /// What it takes; empty for a string.
  var valuesText: String {
    switch kind {
    case .bool: "on, off"
    case .string: ""
    case .choice(let values): values.map { $0.isEmpty ? "''" : $0 }.joined(separator: ", ")
    case .integer(let range, let unit):
      "\(Self.text(of: range.lowerBound, unit)) to \(Self.text(of: range.upperBound, unit))"
    case .real(let range, _):
      range.upperBound == .greatestFiniteMagnitude
        ? "\(range.lowerBound.plainText) or more"
        : "\(range.lowerBound.plainText) to \(range.upperBound.plainText)"
    }
  }

  /// The default as one would write it, with its unit.
  var defaultText: String {
    switch kind {
    case .integer(_, let unit): Int(bootValue).map { Self.text(of: $0, unit) } ?? bootValue
    case .string where bootValue.isEmpty: "''"
    case .real: bootValue + (unit.map { " \($0.rawValue)" } ?? "")
    default: bootValue
    }
  }

  private var typeName: String {
    switch kind {
    case .bool: "bool"
    case .integer: "integer"
    case .real: "real"
    case .string: "string"
    case .choice: "enum"
    }
  }

  /// A number in the largest unit that it is a whole number of: 4096 kB is 4MB. Small and
  /// negative ones often mean something else than a size, and have none.
  private static func text(of number: Int, _ unit: SettingUnit?) -> String {
    guard let unit, number > 0 else { return String(number) }
    for (name, size) in unit.writable {
      let count = (Double(number) / size).rounded()
      if count >= 1, count < 1e15, count * size == Double(number) { return "\(Int(count))\(name)" }
    }
    return "\(number)\(unit.rawValue)"
  }

  /// The columns of `pg_settings` that there are, under their names.
  var json: [String: JSONValue] {
    var members: [String: JSONValue] = [
      "vartype": .string(typeName), "context": .string(context.rawValue),
      "boot_val": .string(bootValue),
    ]
    if let unit { members["unit"] = .string(unit.rawValue) }
    switch kind {
    case .bool, .string: break
    case .integer(let range, _):
      members["min_val"] = .integer(range.lowerBound)
      members["max_val"] = .integer(range.upperBound)
    case .real(let range, _):
      members["min_val"] = .string(range.lowerBound.settingText)
      members["max_val"] = .string(range.upperBound.settingText)
    case .choice(let values): members["enumvals"] = .array(values.map(JSONValue.string))
    }
    return members
  }
}

extension SettingDefinition.Context {
  /// What has to be done for a change in the file to take effect.
  var costText: String {
    switch self {
    case .internal: "cannot be made: it shows a fact"
    case .postmaster: "needs a restart"
    case .sighup: "needs a reload"
    case .superuserBackend, .backend: "needs a reload, and new connections"
    case .superuser: "needs a reload, or nothing: superusers may SET it"
    case .user: "needs a reload, or nothing: anybody may SET it"
    }
  }
}

extension Double {
  /// Without a fraction where there is none.
  fileprivate var plainText: String {
    rounded() == self && magnitude < 1e15 ? String(Int(self)) : String(self)
  }
}
