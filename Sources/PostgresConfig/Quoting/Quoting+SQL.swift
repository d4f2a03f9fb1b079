import SourceText

extension Quoting {
  /// An identifier, always in double quotes: no case is folded and no word is reserved.
  package static func sqlIdentifier(_ name: String) -> String {
    "\"" + name.escaping { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// A string constant that means the same whatever `standard_conforming_strings` says:
  /// with a backslash in it, it is an `E''` constant, as libpq's `PQescapeLiteral` does.
  package static func sqlLiteral(_ value: String) -> String {
    let hasBackslash = value.utf8.contains(UInt8(ascii: "\\"))
    let escaped = value.escaping { $0 == "'" || $0 == "\\" ? "\($0)\($0)" : nil }
    return (hasBackslash ? "E'" : "'") + escaped + "'"
  }
}
