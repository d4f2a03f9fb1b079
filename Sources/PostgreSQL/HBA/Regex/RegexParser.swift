/// Parses advanced regular expressions as the server compiles them (`pg_regcomp` in
/// regcomp.c with `REG_ADVANCED`).
struct RegexParser {
  typealias ParseError = RegexLexer.ParseError
  typealias Token = RegexLexer.Token

  private var lexer: RegexLexer
  private var token = Token.end
  private var isInLookaround = false
  private var finishedGroups: Set<Int> = []

  private init(_ lexer: RegexLexer) { self.lexer = lexer }

  /// The node for the whole expression, except for its prefix, which `RegexPrefix` reads.
  static func parse(_ text: [UInt32], from start: Int) throws(ParseError) -> RegexNode {
    var parser = RegexParser(RegexLexer(text, from: start))
    try parser.advance()
    let node = try parser.alternatives(isInGroup: false)
    return node
  }

  private mutating func advance() throws(ParseError) { token = try lexer.next() }

  private mutating func alternatives(isInGroup: Bool) throws(ParseError) -> RegexNode {
    var branches = [try branch()]
    while token == .bar {
      try advance()
      branches.append(try branch())
    }
    guard token == (isInGroup ? .closeParenthesis : .end) else { throw .parentheses }
    return branches.count == 1 ? branches[0] : .alternatives(branches)
  }

  private mutating func branch() throws(ParseError) -> RegexNode {
    var nodes: [RegexNode] = []
    while token != .bar, token != .end, token != .closeParenthesis {
      nodes.append(try quantifiedAtom())
    }
    return .sequence(nodes)
  }

  private mutating func quantifiedAtom() throws(ParseError) -> RegexNode {
    if let constraint = try constraint() { return constraint }
    let atom = try atom()
    switch token {
    case .quantifier(let least, let most):
      try advance()
      return .repeated(atom, least, most)
    case .openBound:
      let (least, most) = try bound()
      try advance()
      return .repeated(atom, least, most)
    default: return atom
    }
  }

  /// Constraints, which match no characters and take no quantifier.
  private mutating func constraint() throws(ParseError) -> RegexNode? {
    let node: RegexNode
    switch token {
    case .caret, .textStart: node = .start
    case .dollar, .textEnd: node = .end
    case .wordStart: node = .wordStart
    case .wordEnd: node = .wordEnd
    case .wordBoundary: node = .wordBoundary
    case .noWordBoundary: node = .noWordBoundary
    case .look(let ahead, let positive):
      let wasInLookaround = isInLookaround
      isInLookaround = true
      try advance()
      node = .look(try alternatives(isInGroup: true), ahead: ahead, positive: positive)
      isInLookaround = wasInLookaround
    default: return nil
    }
    try advance()
    return node
  }

  private mutating func atom() throws(ParseError) -> RegexNode {
    let node: RegexNode
    switch token {
    case .plain(let value): node = .set(RegexSet(value))
    case .dot: node = .set(.any)
    case .characterClass(let name, let isComplement):
      var set = RegexSet.named(name)
      set.isComplement = isComplement
      node = .set(set)
    case .openBracket(let isComplement):
      var brackets = RegexBrackets(lexer)
      let ranges = try brackets.parse()
      lexer = brackets.lexer
      node = .set(RegexSet(ranges, isComplement: isComplement))
    case .openGroup(let isCapturing): node = try group(isCapturing)
    case .backReference(let number):
      guard !isInLookaround, finishedGroups.contains(number) else { throw .backReference }
      node = .backReference
    case .closeParenthesis: throw .parentheses
    default: throw .operand
    }
    try advance()
    return node
  }

  /// Groups in lookaround constraints do not capture.
  private mutating func group(_ isCapturing: Bool) throws(ParseError) -> RegexNode {
    let captures = isCapturing && !isInLookaround
    if captures { lexer.groupCount += 1 }
    let number = lexer.groupCount
    try advance()
    let node = try alternatives(isInGroup: true)
    if captures { finishedGroups.insert(number) }
    return node
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
