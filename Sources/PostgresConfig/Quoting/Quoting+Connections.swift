extension Quoting {
  /// A value in a connection string of keywords and values (libpq's `conninfo_parse`).
  package static func conninfoValue(_ value: String) -> String {
    if !value.isEmpty, value.isMadeOfASCIIWords(or: "_.-/:,@%+*~") { return value }
    return "'" + value.escaping { $0 == "'" || $0 == "\\" ? "\\\($0)" : nil } + "'"
  }

  /// A user, password, database or parameter in a connection URL: everything but the
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
