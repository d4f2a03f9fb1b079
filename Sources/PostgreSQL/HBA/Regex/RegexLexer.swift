import SourceText

/// The tokens of an advanced regular expression (`next` and `lexescape` in regc_lex.c).
struct RegexLexer {
  /// Why an expression is invalid, in the words of regerrs.h.
  enum ParseError: String, Error {
    case collation = "invalid collating element"
    case characterClass = "invalid character class"
    case escape = "invalid escape \\ sequence"
    case backReference = "invalid backreference number"
    case brackets = "brackets [] not balanced"
    case parentheses = "parentheses () not balanced"
    case braces = "braces {} not balanced"
    case repetition = "invalid repetition count(s)"
    case range = "invalid character range"
    case operand = "quantifier operand invalid"
    case option = "invalid embedded option"
    /// REG_ETOOBIG: see `RegexSize`.
    case tooComplex = "regular expression is too complex"
  }

  enum Token: Equatable {
    case plain(UInt32)
    case end
    case bar, dot, caret, dollar, closeParenthesis
    /// `*`, `+`, `?` and their bounds.
    case quantifier(Int, Int?)
    /// `{` before a digit.
    case openBound
    /// `[`, with `^` or without.
    case openBracket(isComplement: Bool)
    case openGroup(isCapturing: Bool)
    case look(ahead: Bool, positive: Bool)
    case characterClass(String, isComplement: Bool)
    case textStart, textEnd, wordStart, wordEnd, wordBoundary, noWordBoundary
    case backReference(Int)
  }

  private let text: [UInt32]
  var position = 0
  /// The number of capturing groups opened so far.
  var groupCount = 0

  init(_ text: [UInt32], from position: Int = 0) { (self.text, self.position) = (text, position) }

  var isAtEnd: Bool { position >= text.count }
  func peek(_ offset: Int = 0) -> UInt32? {
    position + offset < text.count ? text[position + offset] : nil
  }
  func sees(_ scalar: Unicode.Scalar, at offset: Int = 0) -> Bool { peek(offset) == scalar.value }

  mutating func pop() -> UInt32? {
    guard let scalar = peek() else { return nil }
    position += 1
    return scalar
  }

  mutating func eat(_ scalar: Unicode.Scalar) -> Bool {
    guard sees(scalar) else { return false }
    position += 1
    return true
  }

  /// The next token outside brackets and bounds.
  mutating func next() throws(ParseError) -> Token {
    skipComments()
    guard let value = pop() else { return .end }
    switch Unicode.Scalar(value) {
    case "|": return .bar
    case "*": return quantifier(0, nil)
    case "+": return quantifier(1, nil)
    case "?": return quantifier(0, 1)
    case "{": return peek().map(Self.isDigit) == true ? .openBound : .plain(value)
    case "(": return try parenthesis()
    case ")": return .closeParenthesis
    case "[": return bracket()
    case ".": return .dot
    case "^": return .caret
    case "$": return .dollar
    case "\\": return try escape()
    default: return .plain(value)
    }
  }

  /// `(?#…)`, which ends with the expression if nothing closes it.
  private mutating func skipComments() {
    while sees("("), sees("?", at: 1), sees("#", at: 2) {
      while let scalar = pop(), scalar != 0x29 {}
    }
  }

  /// A question mark after a quantifier makes it non-greedy, which makes no difference here.
  private mutating func quantifier(_ least: Int, _ most: Int?) -> Token {
    _ = eat("?")
    return .quantifier(least, most)
  }

  private mutating func parenthesis() throws(ParseError) -> Token {
    guard eat("?") else { return .openGroup(isCapturing: true) }
    switch pop().flatMap(Unicode.Scalar.init) {
    case ":": return .openGroup(isCapturing: false)
    case "=": return .look(ahead: true, positive: true)
    case "!": return .look(ahead: true, positive: false)
    case "<":
      switch pop().flatMap(Unicode.Scalar.init) {
      case "=": return .look(ahead: false, positive: true)
      case "!": return .look(ahead: false, positive: false)
      default: throw .operand
      }
    default: throw .operand
    }
  }

  /// `[[:<:]]` and `[[:>:]]` are older ways to write `\m` and `\M`.
  private mutating func bracket() -> Token {
    for (word, token) in [("[:<:]]", Token.wordStart), ("[:>:]]", .wordEnd)]
    where text[position...].starts(with: word.unicodeScalars.map(\.value)) {
      position += 6
      return token
    }
    return .openBracket(isComplement: eat("^"))
  }

  static func isDigit(_ value: UInt32) -> Bool { (0x30...0x39).contains(value) }
}

extension RegexLexer {
  /// The token for a backslash, which has been read, and what follows it.
  mutating func escape() throws(ParseError) -> Token {
    guard let value = pop() else { throw .escape }
    guard value < 0x80, UInt8(value).isASCIIWord else { return .plain(value) }
    switch Unicode.Scalar(value) {
    case "a": return .plain(0x07)
    case "A": return .textStart
    case "b": return .plain(0x08)
    case "B": return .plain(0x5C)
    case "c":
      guard let control = pop() else { throw .escape }
      return .plain(control & 0x1F)
    case "d": return .characterClass("digit", isComplement: false)
    case "D": return .characterClass("digit", isComplement: true)
    case "e": return .plain(0x1B)
    case "f": return .plain(0x0C)
    case "m": return .wordStart
    case "M": return .wordEnd
    case "n": return .plain(0x0A)
    case "r": return .plain(0x0D)
    case "s": return .characterClass("space", isComplement: false)
    case "S": return .characterClass("space", isComplement: true)
    case "t": return .plain(0x09)
    case "u": return .plain(try number(16, 4...4))
    case "U": return .plain(try number(16, 8...8))
    case "v": return .plain(0x0B)
    case "w": return .characterClass("word", isComplement: false)
    case "W": return .characterClass("word", isComplement: true)
    case "x": return .plain(try number(16, 1...255))
    case "y": return .wordBoundary
    case "Y": return .noWordBoundary
    case "Z": return .textEnd
    default:
      guard Self.isDigit(value) else { throw .escape }
      return try digits()
    }
  }

  /// A back reference if it can be one, otherwise up to three octal digits.
  private mutating func digits() throws(ParseError) -> Token {
    position -= 1
    let start = position
    if !sees("0") {
      let number = try number(10, 1...255)
      if position == start + 1 || (number > 0 && number <= groupCount) {
        return .backReference(Int(number))
      }
      position = start
    }
    var value = try number(8, 1...3)
    if value > 0xFF {
      position -= 1
      value >>= 3
    }
    return .plain(value)
  }

  /// `lexdigits`: exactly that many digits; fewer are an error. The value must be a character.
  private mutating func number(_ radix: UInt32, _ count: ClosedRange<Int>) throws(ParseError)
    -> UInt32
  {
    var value: UInt32 = 0
    var length = 0
    while length < count.upperBound, let digit = peek().flatMap(Self.digit), digit < radix {
      value = value &* radix &+ digit
      position += 1
      length += 1
    }
    guard length >= count.lowerBound, value <= 0x7FFF_FFFE else { throw .escape }
    return value
  }

  private static func digit(_ value: UInt32) -> UInt32? {
    switch value {
    case 0x30...0x39: value - 0x30
    case 0x41...0x46, 0x61...0x66: (value | 0x20) - 0x61 + 10
    default: nil
    }
  }
}
