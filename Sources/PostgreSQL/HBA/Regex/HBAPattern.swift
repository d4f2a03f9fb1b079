import SourceText

/// A regular expression in pg_hba.conf, parsed and matched as PostgreSQL does.
///
/// The work is bounded for every expression and name: see `RegexMatcher`.
struct HBAPattern: Sendable {
  /// Nil if the server accepts the expression but it is not evaluated here: it has a back
  /// reference, or uses an older dialect.
  private let steps: [RegexStep]?
  private let ignoresCase: Bool

  /// Fails as the server does, with its message.
  init(_ text: String) throws(RegexLexer.ParseError) {
    let scalars = Self.characters(of: text)
    let prefix = try RegexPrefix(scalars)
    ignoresCase = prefix.ignoresCase
    switch prefix.dialect {
    case .literal:
      guard scalars.count - prefix.length <= RegexSize.longest else { throw .tooComplex }
      steps = scalars[prefix.length...].map { .character(RegexSet($0)) }
    case .unknown: steps = nil
    case .advanced: steps = try RegexParser(scalars, from: prefix.length).steps
    }
  }

  /// The server's message about an invalid expression.
  static func problem(with text: String) -> HBAValueProblem? {
    do throws(RegexLexer.ParseError) {
      _ = try HBAPattern(text)
      return nil
    } catch {
      return .regex(text, error.rawValue)
    }
  }

  /// The characters that the server sees (`pg_utf2wchar_with_len` in wchar.c): if a
  /// multibyte character is cut short, it is dropped with everything after it.
  private static func characters(of text: String) -> [UInt32] {
    var rest = HBAText.encode(text)[...]
    var characters: [UInt32] = []
    while let first = rest.first {
      let (length, mask): (Int, UInt8) =
        switch first {
        case 0xC0...0xDF: (2, 0x1F)
        case 0xE0...0xEF: (3, 0x0F)
        case 0xF0...0xF7: (4, 0x07)
        default: (1, 0xFF)
        }
      guard rest.count >= length else { break }
      characters.append(
        rest.prefix(length).dropFirst().reduce(UInt32(first & mask)) { $0 << 6 | UInt32($1 & 0x3F) }
      )
      rest = rest.dropFirst(length)
    }
    return characters
  }

  /// Nil if that is not known.
  func matches(_ name: String) -> Bool? {
    guard let steps else { return nil }
    var matcher = RegexMatcher(text: Self.characters(of: name), ignoresCase: ignoresCase)
    return matcher?.matches(steps)
  }
}

/// How an expression starts: `***=` and similar prefixes, and options as in `(?i)`
/// (`prefixes` in regc_lex.c).
struct RegexPrefix {
  enum Dialect { case advanced, literal, unknown }
  private(set) var dialect = Dialect.advanced
  private(set) var ignoresCase = false
  /// Its length in characters.
  private(set) var length = 0

  init(_ text: [UInt32]) throws(RegexLexer.ParseError) {
    func scalars(_ text: String) -> [UInt32] { text.unicodeScalars.map(\.value) }
    if text.starts(with: scalars("***=")) {
      (dialect, length) = (.literal, 4)
      return
    }
    if text.starts(with: scalars("***")) {
      guard text.starts(with: scalars("***:")) else { throw .operand }
      length = 4
    }
    let rest = text[length...]
    guard rest.starts(with: scalars("(?")),
      let letter = rest.dropFirst(2).first, UInt8(exactly: letter)?.isASCIILetter == true
    else { return }
    let options = rest.dropFirst(2).prefix { UInt8(exactly: $0)?.isASCIILetter == true }
    for option in options {
      switch Unicode.Scalar(option) {
      case "i": ignoresCase = true
      case "c": ignoresCase = false
      case "q": dialect = .literal
      case "b", "e", "m", "n", "p", "w", "x": dialect = .unknown
      case "s", "t": break
      default: throw .option
      }
    }
    guard options.endIndex < text.count, text[options.endIndex] == 0x29 else { throw .option }
    length = options.endIndex + 1
  }
}
