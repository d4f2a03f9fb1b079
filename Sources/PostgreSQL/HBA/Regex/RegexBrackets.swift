/// Parses the contents of brackets (`brackpart` in regcomp.c), after the opening one.
struct RegexBrackets {
  typealias ParseError = RegexLexer.ParseError

  private(set) var lexer: RegexLexer
  private var ranges: [ClosedRange<UInt32>] = []

  init(_ lexer: RegexLexer) { self.lexer = lexer }

  /// Reads up to and including the closing bracket.
  mutating func parse() throws(ParseError) -> [ClosedRange<UInt32>] {
    var isFirst = true
    while isFirst || !lexer.sees("]") {
      guard !lexer.isAtEnd else { throw .brackets }
      try part(isFirst: isFirst)
      isFirst = false
    }
    _ = lexer.pop()
    return ranges
  }

  private mutating func part(isFirst: Bool) throws(ParseError) {
    if !isFirst, lexer.sees("-"), !lexer.sees("]", at: 1) { throw .range }
    guard let start = try element() else { return }
    guard lexer.sees("-"), !lexer.sees("]", at: 1) else {
      ranges.append(start...start)
      return
    }
    _ = lexer.pop()
    guard !lexer.isAtEnd else { throw .brackets }
    guard let end = try element(), start <= end else { throw .range }
    ranges.append(start...end)
  }

  /// A character; nil if it was a class, which has been added to the set.
  private mutating func element() throws(ParseError) -> UInt32? {
    guard let value = lexer.pop() else { throw .brackets }
    if value == 0x5C { return try escaped() }
    guard value == 0x5B else { return value }
    guard !lexer.isAtEnd else { throw .brackets }
    if lexer.eat(".") { return try collatingElement(".") }
    if lexer.eat("=") {
      let element = try collatingElement("=")
      ranges.append(element...element)
      return nil
    }
    guard lexer.eat(":") else { return value }
    let name = try name(endingWith: ":")
    guard let set = RegexSet.classes[name] else { throw .characterClass }
    ranges += set.ranges
    return nil
  }

  private mutating func escaped() throws(ParseError) -> UInt32? {
    switch try lexer.escape() {
    case .plain(let value): return value
    case .characterClass(let name, let isComplement):
      let set = RegexSet.named(name)
      ranges += isComplement ? set.complementRanges : set.ranges
      return nil
    default: throw .escape
    }
  }

  /// A character as `[.x.]` or `[=x=]`.
  private mutating func collatingElement(_ mark: Unicode.Scalar) throws(ParseError)
    -> UInt32
  {
    let scalars = Array(try name(endingWith: mark).unicodeScalars)
    guard scalars.count == 1 else {
      guard let named = Self.names[String(String.UnicodeScalarView(scalars))] else {
        throw .collation
      }
      return named
    }
    return scalars[0].value
  }

  private mutating func name(endingWith mark: Unicode.Scalar) throws(ParseError)
    -> String
  {
    var name = String.UnicodeScalarView()
    while let value = lexer.pop() {
      if value == mark.value, lexer.eat("]") { return String(name) }
      if let scalar = Unicode.Scalar(value) { name.append(scalar) }
    }
    throw .brackets
  }

  /// The POSIX names that somebody might write (`cnames` in regc_locale.c).
  private static let names: [String: UInt32] = [
    "NUL": 0, "space": 0x20, "tab": 0x09, "newline": 0x0A, "carriage-return": 0x0D,
    "exclamation-mark": 0x21, "quotation-mark": 0x22, "number-sign": 0x23, "dollar-sign": 0x24,
    "percent-sign": 0x25, "ampersand": 0x26, "apostrophe": 0x27, "left-parenthesis": 0x28,
    "right-parenthesis": 0x29, "asterisk": 0x2A, "plus-sign": 0x2B, "comma": 0x2C,
    "hyphen": 0x2D, "hyphen-minus": 0x2D, "period": 0x2E, "full-stop": 0x2E, "slash": 0x2F,
    "solidus": 0x2F, "colon": 0x3A, "semicolon": 0x3B, "less-than-sign": 0x3C,
    "equals-sign": 0x3D, "greater-than-sign": 0x3E, "question-mark": 0x3F,
    "commercial-at": 0x40, "left-square-bracket": 0x5B, "backslash": 0x5C,
    "reverse-solidus": 0x5C, "right-square-bracket": 0x5D, "circumflex": 0x5E,
    "circumflex-accent": 0x5E, "underscore": 0x5F, "low-line": 0x5F, "grave-accent": 0x60,
    "left-brace": 0x7B, "left-curly-bracket": 0x7B, "vertical-line": 0x7C,
    "right-brace": 0x7D, "right-curly-bracket": 0x7D, "tilde": 0x7E, "DEL": 0x7F,
  ]
}
