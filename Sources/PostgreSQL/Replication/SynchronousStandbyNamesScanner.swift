import SourceText

/// The tokens of `synchronous_standby_names`, as in syncrep_scanner.l.
struct SynchronousStandbyNamesScanner {
  struct Token: Equatable {
    enum Kind: Equatable {
      case any, first, name(String), number(String), comma, open, close
      /// A byte that starts no token.
      case junk
      /// A quoted name without its closing quote.
      case unterminated
      case end
    }
    let kind: Kind
    /// What the server quotes if the token is wrong: of a quoted name only the closing
    /// quote, which flex matched last.
    let text: String
  }

  private var rest: ArraySlice<UInt8>

  init(_ text: String) { rest = Array(text.utf8)[...] }

  static func startsIdentifier(_ byte: UInt8) -> Bool {
    byte.isASCIILetter || byte == UInt8(ascii: "_") || byte >= 0x80
  }

  static func continuesIdentifier(_ byte: UInt8) -> Bool {
    startsIdentifier(byte) || byte.isASCIIDigit || byte == UInt8(ascii: "$")
  }

  mutating func next() -> Token {
    rest = rest.drop { " \t\n\r\u{B}\u{C}".utf8.contains($0) }
    guard let byte = rest.first else { return Token(kind: .end, text: "") }
    if byte == UInt8(ascii: "\"") { return quotedName() }
    if Self.startsIdentifier(byte) { return word(take(while: Self.continuesIdentifier)) }
    if byte.isASCIIDigit {
      let digits = take(while: \.isASCIIDigit)
      return Token(kind: .number(digits), text: digits)
    }
    let text = String(decoding: rest.prefix(1), as: UTF8.self)
    rest = rest.dropFirst()
    let kind: Token.Kind =
      switch text {
      case "*": .name("*")
      case ",": .comma
      case "(": .open
      case ")": .close
      default: .junk
      }
    return Token(kind: kind, text: text)
  }

  private func word(_ text: String) -> Token {
    switch text.asciiLowercased {
    case "any": Token(kind: .any, text: text)
    case "first": Token(kind: .first, text: text)
    default: Token(kind: .name(text), text: text)
    }
  }

  /// A name in double quotes, where two quotes stand for one.
  private mutating func quotedName() -> Token {
    let quote = UInt8(ascii: "\"")
    rest = rest.dropFirst()
    var name = take { $0 != quote }
    while rest.first == quote {
      rest = rest.dropFirst()
      guard rest.first == quote else { return Token(kind: .name(name), text: "\"") }
      rest = rest.dropFirst()
      name += "\"" + take { $0 != quote }
    }
    return Token(kind: .unterminated, text: "")
  }

  private mutating func take(while predicate: (UInt8) -> Bool) -> String {
    let taken = rest.prefix(while: predicate)
    rest = rest[taken.endIndex...]
    return String(decoding: taken, as: UTF8.self)
  }
}
