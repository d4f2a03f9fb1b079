import SourceText

extension Quoting {
  /// A value in a connection string of keywords and values (libpq's `conninfo_parse`).
  package static func conninfoValue(_ value: String) -> String {
    if !value.isEmpty, value.isMadeOfASCIIWords(or: "_.-/:,@%+*~") { return value }
    return "'" + value.escaping { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil } + "'"
  }

  /// A database as the argument of `-d` of PostgreSQL's programs, which also accept a
  /// connection string there (fe-connect.c, `recognized_connection_string`).
  package static func databaseArgument(_ name: String) -> String {
    let isConnectionString =
      name.utf8.contains(UInt8(ascii: "="))
      || ["postgres://", "postgresql://"].contains { name.utf8.starts(with: $0.utf8) }
    return isConnectionString ? "dbname=" + conninfoValue(name) : name
  }

  /// A user, password, database or parameter in a connection URL: everything except the
  /// unreserved characters of RFC 3986, section 2.3, is percent-encoded.
  package static func uriComponent(_ text: String) -> String {
    var result = ""
    for byte in text.utf8 {
      if byte.isASCIIWord || "-._~".utf8.contains(byte) {
        result.unicodeScalars.append(Unicode.Scalar(byte))
      } else {
        let digits = String(byte, radix: 16, uppercase: true)
        result += byte < 16 ? "%0\(digits)" : "%\(digits)"
      }
    }
    return result
  }
}
