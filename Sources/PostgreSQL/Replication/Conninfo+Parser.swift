extension Conninfo {
  /// Parses a connection string as libpq of a major does (`PQconninfoParse`): a URL, or
  /// keywords and values. If a keyword is repeated, the later value counts.
  ///
  /// Values are not checked here: libpq does that when it connects. Bytes that are not
  /// UTF-8 become replacement characters.
  package init(parsing text: String, major: PostgresMajor) throws(ParseError) {
    self.init()
    do throws(ParseError.Reason) {
      if let rest = Self.withoutURLScheme(text) {
        var parser = ConninfoURLParser(text, after: text.utf8.count - rest.utf8.count, major)
        try parser.parse { keyword, value throws(ParseError.Reason) in
          try store(keyword, value, major)
        }
      } else {
        try parseKeywords(Array(text.utf8), major)
      }
    } catch {
      throw ParseError(reason: error, text: text)
    }
  }

  /// Whether libpq takes a text given as a database name for a connection string
  /// (`recognized_connection_string`).
  package static func isConnectionString(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: "=")) || withoutURLScheme(text) != nil
  }

  private static func withoutURLScheme(_ text: String) -> Substring? {
    for scheme in ["postgresql://", "postgres://"] where text.utf8.starts(with: scheme.utf8) {
      return Substring(text.utf8.dropFirst(scheme.utf8.count))
    }
    return nil
  }

  /// `conninfo_storeval`.
  mutating func store(
    _ keyword: String, _ value: String, _ major: PostgresMajor
  ) throws(ParseError.Reason) {
    if keyword == "requiressl" {
      let isRequired = value.utf8.first == UInt8(ascii: "1")
      return replace("sslmode", isRequired ? "require" : "prefer")
    }
    guard ConninfoKeyword.isKnown(keyword, in: major) else { throw .invalidOption(keyword) }
    replace(keyword, value)
  }

  private mutating func replace(_ keyword: String, _ value: String) {
    parameters.removeAll { $0.keyword == keyword }
    append(keyword, value)
  }

  /// `conninfo_parse`: blanks around `=` are allowed; a backslash makes the next byte
  /// literal, inside quotes and outside.
  private mutating func parseKeywords(
    _ bytes: [UInt8], _ major: PostgresMajor
  ) throws(ParseError.Reason) {
    var rest = bytes[...]
    while true {
      rest = rest.drop(while: \.isCSpace)
      guard !rest.isEmpty else { return }
      let keyword = rest.prefix { $0 != UInt8(ascii: "=") && !$0.isCSpace }
      rest = rest[keyword.endIndex...].drop(while: \.isCSpace)
      let name = String(decoding: keyword, as: UTF8.self)
      guard rest.popFirst() == UInt8(ascii: "=") else { throw .missingEquals(after: name) }
      rest = rest.drop(while: \.isCSpace)
      try store(name, try Self.value(&rest), major)
    }
  }

  private static func value(_ rest: inout ArraySlice<UInt8>) throws(ParseError.Reason) -> String {
    let isQuoted = rest.first == UInt8(ascii: "'")
    if isQuoted { rest = rest.dropFirst() }
    var value: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "\\") {
        if let next = rest.popFirst() { value.append(next) }
      } else if isQuoted ? byte == UInt8(ascii: "'") : byte.isCSpace {
        return String(decoding: value, as: UTF8.self)
      } else {
        value.append(byte)
      }
    }
    guard !isQuoted else { throw .unterminatedQuote }
    return String(decoding: value, as: UTF8.self)
  }
}

extension UInt8 {
  /// `isspace` in the C locale.
  fileprivate var isCSpace: Bool { self == 0x20 || (0x09...0x0D).contains(self) }
}
