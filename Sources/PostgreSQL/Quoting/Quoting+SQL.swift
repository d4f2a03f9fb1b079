import SourceText

extension Quoting {
  /// An identifier, always in double quotes, so that case is not folded and no word is reserved.
  package static func sqlIdentifier(_ name: String) -> String {
    "\"" + name.escaping { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// A string constant that does not depend on `standard_conforming_strings`: if it
  /// contains a backslash, it is an `E''` constant, as in libpq's `PQescapeLiteral`.
  package static func sqlLiteral(_ value: String) -> String {
    let hasBackslash = value.utf8.contains(UInt8(ascii: "\\"))
    let escaped = value.escaping { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : nil }
    return (hasBackslash ? "E'" : "'") + escaped + "'"
  }
}
