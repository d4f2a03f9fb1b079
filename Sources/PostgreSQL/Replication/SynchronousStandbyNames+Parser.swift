extension SynchronousStandbyNames {
  /// Why the server does not accept a value.
  package enum ParseError: Error, Hashable, Sendable {
    /// The text of the first unexpected token; nil at the end.
    case syntax(near: String?)
    case unterminatedQuotedIdentifier
    /// The number as the server's `atoi` reads it.
    case countNotPositive(Int)
  }

  /// Parses the grammar of syncrep_gram.y; an empty text means asynchronous replication, a
  /// blank one is an error.
  package init(_ text: String) throws(ParseError) {
    guard !text.isEmpty else {
      self = .none
      return
    }
    var parser = SynchronousStandbyNamesParser(text)
    self = try parser.parse()
  }
}

extension SynchronousStandbyNames.ParseError: CustomStringConvertible {
  /// The server's sentence.
  package var description: String {
    switch self {
    case .syntax(let text?): "syntax error at or near \"\(text)\""
    case .syntax(nil): "syntax error at end of input"
    case .unterminatedQuotedIdentifier: "unterminated quoted identifier at end of input"
    case .countNotPositive(let count):
      "number of synchronous standbys (\(count)) must be greater than zero"
    }
  }
}

/// Recursive descent with one token of lookahead. It reports the same token as the server's
/// LALR parser, since both stop at the first one that fits nowhere.
private struct SynchronousStandbyNamesParser {
  typealias ParseError = SynchronousStandbyNames.ParseError
  private typealias Token = SynchronousStandbyNamesScanner.Token

  private var scanner: SynchronousStandbyNamesScanner
  private var token: Token

  init(_ text: String) {
    scanner = SynchronousStandbyNamesScanner(text)
    token = scanner.next()
  }

  mutating func parse() throws(ParseError) -> SynchronousStandbyNames {
    let result: SynchronousStandbyNames
    switch token.kind {
    case .any: result = try counted(.any)
    case .first: result = try counted(.first)
    case .number(let digits):
      advance()
      result =
        token.kind == .open
        ? try parenthesized(.first, digits)
        : SynchronousStandbyNames(method: .list, count: 1, names: try names(after: digits))
    default:
      result = SynchronousStandbyNames(method: .list, count: 1, names: try names())
    }
    guard token.kind == .end else { throw unexpected }
    return result
  }

  /// `ANY` or `FIRST`, a number, and a list in parentheses.
  private mutating func counted(
    _ method: SynchronousStandbyNames.Method
  ) throws(ParseError) -> SynchronousStandbyNames {
    advance()
    guard case .number(let digits) = token.kind else { throw unexpected }
    advance()
    guard token.kind == .open else { throw unexpected }
    return try parenthesized(method, digits)
  }

  private mutating func parenthesized(
    _ method: SynchronousStandbyNames.Method, _ digits: String
  ) throws(ParseError) -> SynchronousStandbyNames {
    advance()
    let names = try names()
    guard token.kind == .close else { throw unexpected }
    advance()
    guard token.kind == .end else { throw unexpected }
    let count = Self.integer(digits)
    guard count > 0 else { throw .countNotPositive(count) }
    return SynchronousStandbyNames(method: method, count: count, names: names)
  }

  private mutating func names() throws(ParseError) -> [String] {
    guard let first = name else { throw unexpected }
    advance()
    return try names(after: first)
  }

  private mutating func names(after first: String) throws(ParseError) -> [String] {
    var names = [first]
    while token.kind == .comma {
      advance()
      guard let next = name else { throw unexpected }
      names.append(next)
      advance()
    }
    return names
  }

  private var name: String? {
    switch token.kind {
    case .name(let text), .number(let text): text
    default: nil
    }
  }

  private var unexpected: ParseError {
    switch token.kind {
    case .unterminated: .unterminatedQuotedIdentifier
    case .end: .syntax(near: nil)
    default: .syntax(near: token.text)
    }
  }

  private mutating func advance() { token = scanner.next() }

  /// glibc's `atoi`: a number too large for 64 bits becomes the largest of them, of which
  /// the low 32 bits are taken.
  private static func integer(_ digits: String) -> Int {
    Int(Int32(truncatingIfNeeded: Int64(digits) ?? .max))
  }
}
