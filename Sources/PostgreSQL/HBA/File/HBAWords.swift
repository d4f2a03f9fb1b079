/// A word of pg_hba.conf and whether quotes keep it from being a keyword.
package struct HBAWord: Hashable, Sendable {
  /// Without its quotes; see `HBAText` for bytes that are not UTF-8.
  package let text: String
  /// Whether it starts with a double quote.
  package let isQuoted: Bool
  /// The bytes of the file where it is written, including quotes. A word from another file
  /// has the range of the `@name`.
  package let range: Range<Int>
}

/// Splits one line into words (`next_token` in hba.c).
struct HBAWords {
  struct TooLongError: Error {}

  /// A word as written, before it is known whether it names a file.
  struct Found {
    let word: HBAWord
    let endsWithComma: Bool
  }

  private let line: HBALines.Line
  private var rest: ArraySlice<UInt8>
  private let major: PostgresMajor

  init(_ line: HBALines.Line, major: PostgresMajor) {
    (self.line, rest, self.major) = (line, line.bytes[...], major)
  }

  /// Whether there is nothing left to read.
  var isAtEnd: Bool { rest.isEmpty }

  /// The longest word before 16, which has no limit: `MAX_TOKEN` minus the NUL.
  private static let oldLimit = 10239

  /// Nil at the end of the line. A word that is too long takes the rest of the line with it.
  mutating func next() throws(TooLongError) -> Found? {
    rest = rest.drop { isBlank($0) || $0 == UInt8(ascii: ",") }
    let start = rest.startIndex
    var end = start
    var text: [UInt8] = []
    var isInQuotes = false
    var wasQuote = false
    var sawQuote = false
    var startsWithQuote = false
    while let byte = rest.first, isInQuotes || !isBlank(byte) {
      if byte == UInt8(ascii: "#"), !isInQuotes {
        rest = []
        break
      }
      if major < 16, text.count >= Self.oldLimit {
        rest = []
        throw TooLongError()
      }
      if byte == UInt8(ascii: ","), !isInQuotes {
        return found(text, start..<end, startsWithQuote, sawQuote, endsWithComma: true)
      }
      let isQuote = byte == UInt8(ascii: "\"")
      if !isQuote || wasQuote { text.append(byte) }
      // Two quotes inside quotes stand for one.
      wasQuote = isInQuotes && isQuote ? !wasQuote : false
      if isQuote {
        isInQuotes.toggle()
        sawQuote = true
        if text.isEmpty { startsWithQuote = true }
      }
      rest = rest.dropFirst()
      end = rest.startIndex
    }
    return found(text, start..<end, startsWithQuote, sawQuote, endsWithComma: false)
  }

  private func found(
    _ text: [UInt8], _ range: Range<Int>, _ startsWithQuote: Bool, _ sawQuote: Bool,
    endsWithComma: Bool
  ) -> Found? {
    guard sawQuote || !text.isEmpty else { return nil }
    return Found(
      word: HBAWord(
        text: HBAText.decode(text), isQuoted: startsWithQuote,
        range: line.rangeInFile(of: range)),
      endsWithComma: endsWithComma)
  }

  /// `pg_isblank`; 19 no longer counts a carriage return.
  private func isBlank(_ byte: UInt8) -> Bool {
    byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t")
      || (major < 19 && byte == UInt8(ascii: "\r"))
  }
}
