import Diagnostics
import SchemaCoding
import SourceText
import YAMLSyntax

extension Schema<[Entry<String, Located<String>>]> {
  /// Settings of postgresql.conf, by name. Names are in lower case, as PostgreSQL
  /// compares them without regard to case (guc.c, `guc_name_compare`).
  static let settings = Schema.map(
    keyPattern: "^[A-Za-z_][A-Za-z0-9_]*(\\.[A-Za-z_][A-Za-z0-9_]*)?$", key: parseSettingName,
    values: .located(.settingValue))
}

extension Schema<String> {
  /// The text of the value as written; PostgreSQL decides what it means.
  fileprivate static var settingValue: Schema {
    .scalar { scalar throws(ValueError) in scalar.text }
  }
}

/// A parameter's name: an identifier, or two with a dot between them for an extension's
/// (guc-file.l, `ID` and `QUALIFIED_ID`). SET accepts `$` in such a name, but in a file it
/// is a syntax error.
@Sendable private func parseSettingName(_ text: String) throws(ValueError) -> String {
  guard isSettingName(text) else {
    let underscored = String(text.map { "- ".contains($0) ? "_" : $0 })
    throw ValueError(
      "invalid configuration parameter name \(value: text)",
      hint: isSettingName(underscored)
        ? "Perhaps you meant \(keyword: underscored)."
        : "Use letters, digits and \"_\", and one dot in the name of an extension's setting.")
  }
  return text.lowercased()
}

private func isSettingName(_ text: String) -> Bool {
  let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
  return parts.count <= 2
    && parts.allSatisfy { part in
      guard let first = part.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first)
      else { return false }
      return part.allSatisfy(\.isSettingNameByte)
    }
}

extension UInt8 {
  fileprivate var isSettingNameByte: Bool {
    switch self {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"): true
    case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"): true
    default: false
    }
  }
}
