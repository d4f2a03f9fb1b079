import SourceText

/// One word in the database or user field of an HBA record.
package enum HBAToken: Hashable, Sendable {
  /// The keywords of the database field. In the user field, only `all` is a keyword.
  package enum Keyword: String, CaseIterable, Hashable, Sendable {
    case all, sameuser, samerole, samegroup, replication
  }

  case keyword(Keyword)
  case name(String)
  /// Every member of a role, including itself: `+role`. Only in the user field.
  case group(String)
  /// A regular expression, without the slash that starts it. Since 16.
  case regex(String)

  /// Why a word is not valid.
  package enum ParseError: Error, Hashable, Sendable {
    case empty
    case lineBreak
    /// A double quote is opened but not closed.
    case unterminatedQuote
    /// A double quote that neither opens nor closes the word; pg_hba.conf would drop it.
    case misplacedQuote
    /// A `+` without a name.
    case emptyGroup
    /// A slash alone, which would match every name.
    case emptyRegex
  }

  /// Parses a word of the database field as written in pg_hba.conf: `"all"` with its quotes
  /// is a database of that name. Blanks, commas and the like need no quotes here.
  package init(databaseText text: String) throws(ParseError) {
    self = try Self.read(text, keywords: Keyword.allCases)
  }

  /// Parses a word of the user field as written in pg_hba.conf.
  package init(userText text: String) throws(ParseError) {
    guard text.utf8.first == UInt8(ascii: "+") else {
      self = try Self.read(text, keywords: [.all])
      return
    }
    let group = try Unquoted(text.droppingFirstScalar)
    guard !group.text.isEmpty else { throw .emptyGroup }
    self = .group(group.text)
  }

  private static func read(_ text: String, keywords: [Keyword]) throws(ParseError) -> HBAToken {
    guard !text.isEmpty else { throw .empty }
    if text.utf8.first == UInt8(ascii: "/") {
      return try pattern(try Unquoted(text.droppingFirstScalar).text)
    }
    let word = try Unquoted(text)
    guard !word.text.isEmpty else { throw .empty }
    if word.text.utf8.first == UInt8(ascii: "/") {
      return try pattern(word.text.droppingFirstScalar)
    }
    if !word.hadQuotes, let keyword = keywords.first(where: { $0.rawValue == word.text }) {
      return .keyword(keyword)
    }
    return .name(word.text)
  }

  private static func pattern(_ text: String) throws(ParseError) -> HBAToken {
    guard !text.isEmpty else { throw .emptyRegex }
    return .regex(text)
  }

  /// The word as written in pg_hba.conf.
  package var hbaText: String {
    switch self {
    case .keyword(let keyword): keyword.rawValue
    case .name(let name): Quoting.hbaName(name)
    case .group(let role): "+" + Quoting.hbaPart(role)
    case .regex(let pattern): Quoting.hbaPattern(pattern)
    }
  }
}

/// A word without the double quotes around it, where two quotes stand for one (`next_token`
/// in hba.c).
private struct Unquoted {
  let text: String
  let hadQuotes: Bool

  init(_ text: String) throws(HBAToken.ParseError) {
    guard !text.hasHBALineBreak else { throw .lineBreak }
    let quote = UInt8(ascii: "\"")
    guard text.utf8.contains(quote) else {
      (self.text, hadQuotes) = (text, false)
      return
    }
    guard text.utf8.first == quote else { throw .misplacedQuote }
    var result: [UInt8] = []
    var rest = Array(text.utf8.dropFirst())[...]
    while let byte = rest.popFirst() {
      if byte != quote {
        result.append(byte)
      } else if rest.first == quote {
        rest = rest.dropFirst()
        result.append(quote)
      } else if rest.isEmpty {
        (self.text, hadQuotes) = (String(decoding: result, as: UTF8.self), true)
        return
      } else {
        throw .misplacedQuote
      }
    }
    throw .unterminatedQuote
  }
}
