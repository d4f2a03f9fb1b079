/// Parses advanced regular expressions as the server compiles them (`pg_regcomp` in
/// regcomp.c with `REG_ADVANCED`).
///
/// The server calls itself for each group; here the open groups are a list, since one line
/// of a file can open more of them than a thread's stack has room for.
struct RegexParser {
  typealias ParseError = RegexLexer.ParseError
  typealias Token = RegexLexer.Token

  /// Nil if the expression has a back reference, which cannot be evaluated here.
  var steps: [RegexStep]? { refersBack ? nil : parsed }

  private var parsed: [RegexStep] = []
  private var lexer: RegexLexer
  private var token = Token.end
  private var openParts: [OpenPart] = []
  private var size = RegexSize()
  private var refersBack = false
  private var finishedGroups: Set<Int> = []

  /// A group or a lookaround whose parenthesis is not closed yet.
  private struct OpenPart {
    /// The number of a capturing group.
    var captured: Int?
    /// Nil for a group.
    var look: (ahead: Bool, positive: Bool)?
    /// Whether it is a lookaround, or inside one.
    let isInLookaround: Bool
  }

  private var isInLookaround: Bool { openParts.last?.isInLookaround ?? false }

  /// Parses the whole expression, except for its prefix, which `RegexPrefix` reads.
  init(_ text: [UInt32], from start: Int) throws(ParseError) {
    lexer = RegexLexer(text, from: start)
    try advance()
    while token != .end { try part() }
    guard openParts.isEmpty else { throw .parentheses }
    // The server finds it too large only after it has parsed it all.
    guard refersBack || !size.isTooLarge else { throw .tooComplex }
  }

  private mutating func advance() throws(ParseError) { token = try lexer.next() }

  private mutating func part() throws(ParseError) {
    switch token {
    case .bar:
      parsed.append(.bar)
      size.bar()
      try advance()
    case .openGroup(let isCapturing): try openGroup(isCapturing)
    case .look(let ahead, let positive):
      try open(OpenPart(look: (ahead, positive), isInLookaround: true))
    case .closeParenthesis: try close()
    default:
      if let constraint {
        parsed.append(.constraint(constraint))
        size.add()
        try advance()
      } else {
        try quantifiedCharacter()
      }
    }
  }

  /// Groups in lookaround constraints do not capture.
  private mutating func openGroup(_ isCapturing: Bool) throws(ParseError) {
    var group = OpenPart(isInLookaround: isInLookaround)
    if isCapturing, !isInLookaround {
      lexer.groupCount += 1
      group.captured = lexer.groupCount
    }
    try open(group)
  }

  private mutating func open(_ part: OpenPart) throws(ParseError) {
    openParts.append(part)
    parsed.append(.open)
    size.open()
    try advance()
    guard openParts.count <= RegexSize.deepest else { throw .tooComplex }
  }

  private mutating func close() throws(ParseError) {
    guard let part = openParts.popLast() else { throw .parentheses }
    if let number = part.captured { finishedGroups.insert(number) }
    try advance()
    if let look = part.look {
      // Constraints match no characters and take no quantifier.
      parsed.append(.look(ahead: look.ahead, positive: look.positive))
      size.closeLook()
    } else {
      let (least, most) = try quantifier() ?? (1, 1)
      parsed.append(.close(least: least, most: most))
      size.close(least, most)
    }
  }

  /// Constraints other than lookarounds.
  private var constraint: RegexConstraint? {
    switch token {
    case .caret, .textStart: .start
    case .dollar, .textEnd: .end
    case .wordStart: .wordStart
    case .wordEnd: .wordEnd
    case .wordBoundary: .wordBoundary
    case .noWordBoundary: .noWordBoundary
    default: nil
    }
  }

  private mutating func quantifiedCharacter() throws(ParseError) {
    let set = try character()
    try advance()
    if let (least, most) = try quantifier() {
      parsed += [.open, .character(set), .close(least: least, most: most)]
      size.add(least, most)
    } else {
      parsed.append(.character(set))
      size.add()
    }
  }

  /// The set of a single character. A back reference, too, takes the place of one.
  private mutating func character() throws(ParseError) -> RegexSet {
    switch token {
    case .plain(let value): return RegexSet(value)
    case .dot: return .any
    case .characterClass(let name, let isComplement):
      var set = RegexSet.named(name)
      set.isComplement = isComplement
      return set
    case .openBracket(let isComplement):
      var brackets = RegexBrackets(lexer)
      let ranges = try brackets.parse()
      lexer = brackets.lexer
      return RegexSet(ranges, isComplement: isComplement)
    case .backReference(let number):
      guard !isInLookaround, finishedGroups.contains(number) else { throw .backReference }
      refersBack = true
      return .any
    default: throw .operand
    }
  }

  /// The bounds in place of an atom's quantifier, if it has one.
  private mutating func quantifier() throws(ParseError) -> (least: Int, most: Int?)? {
    let bounds: (Int, Int?)
    switch token {
    case .quantifier(let least, let most): bounds = (least, most)
    case .openBound: bounds = try bound()
    default: return nil
    }
    try advance()
    return bounds
  }

  /// `{2}`, `{2,}`, `{2,5}`, after the opening brace.
  private mutating func bound() throws(ParseError) -> (Int, Int?) {
    let least = try boundNumber()
    var most: Int? = least
    if lexer.eat(",") {
      most = lexer.peek().map(RegexLexer.isDigit) == true ? try boundNumber() : nil
      if let most, least > most { throw .repetition }
    }
    guard !lexer.isAtEnd else { throw .braces }
    guard lexer.eat("}") else { throw .repetition }
    _ = lexer.eat("?")
    return (least, most)
  }

  /// At most 255 (`DUPMAX`).
  private mutating func boundNumber() throws(ParseError) -> Int {
    var number = 0
    while let value = lexer.peek(), RegexLexer.isDigit(value) {
      guard number < 255 else { throw .repetition }
      number = number * 10 + Int(value - 0x30)
      _ = lexer.pop()
    }
    // The next character is examined before the number is judged.
    if lexer.isAtEnd { throw .braces }
    if !lexer.sees(","), !lexer.sees("}") { throw .repetition }
    guard number <= 255 else { throw .repetition }
    return number
  }
}
