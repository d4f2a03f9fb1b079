import SourceText

extension Quoting {
  /// A value in postgresql.conf (guc-file.l).
  ///
  /// Values that need no quotes are integers with or without a unit, reals without one, and
  /// words of letters, digits, `_` and `-`; but not `a.b`, which the lexer takes for a
  /// qualified name and reports as a syntax error, and not `1.5GB`, which it takes for two
  /// values. Line breaks are escaped, since a quoted string must end on its line.
  package static func settingValue(_ value: String) -> String {
    if isBareSettingWord(value) || isBareSettingNumber(value) { return value }
    let escaped = value.escaping { scalar in
      switch scalar {
      case "'": "''"
      case "\\": "\\\\"
      case "\n": "\\n"
      case "\r": "\\r"
      case "\u{8}": "\\b"
      case "\u{C}": "\\f"
      default: nil
      }
    }
    return "'\(escaped)'"
  }

  /// `UNQUOTED_STRING` without `.`, `:` and `/`.
  private static func isBareSettingWord(_ value: String) -> Bool {
    guard let first = value.utf8.first, first.isASCIILetter || first == UInt8(ascii: "_") else {
      return false
    }
    return value.isMadeOfASCIIWords(or: "_-")
  }

  /// `INTEGER` and the plain part of `REAL`.
  private static func isBareSettingNumber(_ value: String) -> Bool {
    var rest = value.utf8[...]
    if rest.first == UInt8(ascii: "-") { rest = rest.dropFirst() }
    let whole = rest.prefix(while: \.isASCIIDigit)
    guard !whole.isEmpty else { return false }
    rest = rest[whole.endIndex...]
    if rest.first == UInt8(ascii: ".") {
      let fraction = rest.dropFirst()
      return !fraction.isEmpty && fraction.allSatisfy(\.isASCIIDigit)
    }
    return rest.allSatisfy(\.isASCIILetter)
  }

  /// The name of a database or role in pg_hba.conf, never read as anything else.
  ///
  /// A word in double quotes is not a keyword, a `+group` or an `@file` (`next_token` and
  /// `token_is_keyword` in hba.c). It may still be a regular expression: see `HBAName`.
  package static func hbaName(_ name: String) -> String {
    isHBAWord(name) && HBAToken.Keyword(rawValue: name) == nil ? name : hbaQuoted(name)
  }

  /// A part of a word in pg_hba.conf where keywords have no meaning: a group's name after
  /// its `+`, an option's value after its `=`.
  static func hbaPart(_ text: String) -> String {
    isHBAWord(text) ? text : hbaQuoted(text)
  }

  /// A regular expression with its slash; quotes would not turn it into a name.
  static func hbaPattern(_ pattern: String) -> String {
    let word = "/" + pattern
    return word.utf8.contains { " \t\r,#\"\\".utf8.contains($0) } ? hbaQuoted(word) : word
  }

  private static func isHBAWord(_ text: String) -> Bool {
    !text.isEmpty && text.isMadeOfASCIIWords(or: "_.-$:=/")
      && text.utf8.first != UInt8(ascii: "/")
  }

  private static func hbaQuoted(_ text: String) -> String {
    "\"" + text.escaping { $0 == "\"" ? "\"\"" : nil } + "\""
  }

  /// A field of a password file (`~/.pgpass`; libpq's `passwordFromFile`).
  ///
  /// A field that is only `*` would match anything, and a line that starts with `#` is a
  /// comment. A backslash makes both literal, since libpq drops it before any character.
  package static func passfileField(_ field: String) -> String {
    let escaped = field.escaping { $0 == ":" || $0 == "\\" ? "\\\($0)" : nil }
    return escaped == "*" || escaped.utf8.first == UInt8(ascii: "#") ? "\\" + escaped : escaped
  }
}
