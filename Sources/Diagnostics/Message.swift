extension Diagnostic {
  /// Text for people: our own words, with parts from elsewhere between them.
  ///
  /// It is written as a string with interpolations, each of which says what it is:
  /// `"node \(name: node.name) has no \(keyword: "ip")"`. A string without a label does
  /// not compile, so no text reaches a terminal unchecked. `MessageWriter` adds quotes,
  /// escapes and masks.
  ///
  /// Each file that reports declares its messages as members of this type, so that all its
  /// wording is at the end of the file.
  package struct Message: Sendable, ExpressibleByStringInterpolation {
    /// The whole text with its quotes, before anything is escaped or masked.
    let text: String
    /// The ranges of the text that come from elsewhere, in order.
    let parts: [Part]

    struct Part: Sendable {
      enum Kind { case name, value, text }

      let kind: Kind
      /// UTF-8 offsets, excluding the quotes.
      let range: Range<Int>
      /// Whether its middle is missing, because it was longer than anybody reads.
      let isCut: Bool
    }

    /// Our own words.
    package init(stringLiteral text: String) { (self.text, parts) = (text, []) }

    package init(stringInterpolation interpolation: StringInterpolation) {
      (text, parts) = (interpolation.text, interpolation.parts)
    }
  }
}

extension Diagnostic.Message {
  /// The word before the last of several names.
  package enum Conjunction: String, Sendable { case and, or }

  package struct StringInterpolation: StringInterpolationProtocol {
    fileprivate var text = ""
    fileprivate var parts: [Part] = []

    package init(literalCapacity: Int, interpolationCount: Int) {
      text.reserveCapacity(literalCapacity + 16 * interpolationCount)
    }

    package mutating func appendLiteral(_ literal: String) { text += literal }

    /// A name from a file or a command line: quoted, and masked where it holds a secret.
    package mutating func appendInterpolation(name: some CustomStringConvertible) {
      quote(name.description, .name)
    }

    /// A value that a user wrote or should write: quoted, and masked where it is a secret
    /// or contains one.
    package mutating func appendInterpolation(value: some CustomStringConvertible) {
      quote(value.description, .value)
    }

    /// Text that may be a password: never shown.
    package mutating func appendInterpolation(secret: String) {
      text += "\"\(MessageWriter.mask)\""
    }

    /// A word of the file format, of PostgreSQL or of pgtopo that we wrote: quoted as is.
    package mutating func appendInterpolation(keyword: some CustomStringConvertible) {
      text += "\"\(keyword.description)\""
    }

    /// Text composed elsewhere, such as PostgreSQL's own sentence, an address or a command:
    /// without quotes. Secrets in it are masked.
    package mutating func appendInterpolation(text: some CustomStringConvertible) {
      append(text.description, .text)
    }

    package mutating func appendInterpolation(_ number: some BinaryInteger) {
      text += String(number)
    }

    package mutating func appendInterpolation(_ message: Diagnostic.Message) {
      let offset = text.utf8.count
      text += message.text
      parts += message.parts.map {
        Part(
          kind: $0.kind, range: offset + $0.range.lowerBound..<offset + $0.range.upperBound,
          isCut: $0.isCut)
      }
    }

    /// Several names with commas, and the conjunction, if any, before the last. Of very many,
    /// only the first are written.
    package mutating func appendInterpolation(
      names: [String], _ conjunction: Diagnostic.Message.Conjunction? = nil
    ) {
      guard names.count > Self.mostNames else {
        return list(names, conjunction) { $0.quote($1, .name) }
      }
      list(Array(names.prefix(Self.mostNames)), nil) { $0.quote($1, .name) }
      text += ", \(MessageWriter.ellipsis)"
    }

    /// Several words that we wrote.
    package mutating func appendInterpolation(
      keywords: [String], _ conjunction: Diagnostic.Message.Conjunction? = nil
    ) {
      list(keywords, conjunction) { $0.appendInterpolation(keyword: $1) }
    }

    /// More than there are files in a render with a dozen nodes.
    private static let mostNames = 200

    private mutating func list(
      _ words: [String], _ conjunction: Diagnostic.Message.Conjunction?,
      _ append: (inout Self, String) -> Void
    ) {
      for (index, word) in words.enumerated() {
        if index > 0 {
          let isLast = index == words.count - 1
          text += (isLast ? conjunction : nil).map { " \($0.rawValue) " } ?? ", "
        }
        append(&self, word)
      }
    }

    private mutating func quote(_ string: String, _ kind: Part.Kind) {
      text += "\""
      append(string, kind)
      text += "\""
    }

    /// A file may hold a name of megabytes and a thousand findings about it, so no message
    /// holds more of it than the longest path has.
    private mutating func append(_ string: String, _ kind: Part.Kind) {
      let start = text.utf8.count
      let isCut = string.utf8.count > Self.longestPart
      if isCut {
        // Whole characters, so that none turns into another.
        let half = Self.longestPart / 2
        let head = Array(string.utf8.prefix(half + 1))
        let rest = string.utf8.suffix(half).drop { $0 & 0xC0 == 0x80 }
        let end = head.lastIndex { $0 & 0xC0 != 0x80 } ?? 0
        text += String(decoding: head[..<end], as: UTF8.self) + MessageWriter.ellipsis
        text += String(decoding: rest, as: UTF8.self)
      } else {
        text += string
      }
      parts.append(Part(kind: kind, range: start..<text.utf8.count, isCut: isCut))
    }

    /// PATH_MAX of Linux.
    private static let longestPart = 4096
  }

  package static func + (a: Self, b: Self) -> Self { "\(a)\(b)" }
}

/// Two messages with the same text are equal, whatever their parts.
extension Diagnostic.Message: Hashable {
  package static func == (a: Self, b: Self) -> Bool { a.text == b.text }
  package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}

extension Diagnostic.Message: CustomStringConvertible {
  /// The text made safe for a terminal, as far as possible without knowing a file's secrets.
  package var description: String { MessageWriter().wholeText(of: self) }
}
