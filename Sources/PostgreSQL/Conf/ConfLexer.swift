import SourceText

/// The tokens of postgresql.conf, by the rules of guc-file.l: the longest match wins, and
/// the first rule among equals.
struct ConfLexer {
  enum Kind: Hashable, Sendable {
    /// A letter or `_`, then letters, digits and `_`. Every byte from 0x80 on is a letter.
    case identifier
    /// Two identifiers with a dot between them.
    case qualifiedIdentifier
    /// A string in single quotes.
    case string
    /// A word that contains `-`, `.`, `:` or `/`.
    case unquotedString
    case integer
    case real
    case equals
    case endOfLine
    case endOfFile
    /// Any other byte.
    case error
  }

  struct Token {
    let kind: Kind
    let range: Range<Int>
  }

  private let bytes: [UInt8]
  private var index = 0

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  mutating func next() -> Token {
    skipBlanksAndComment()
    let start = index
    guard let byte = byte(at: start) else { return Token(kind: .endOfFile, range: start..<start) }
    var (kind, length) = (Kind.error, 1)
    if byte == UInt8(ascii: "\n") {
      kind = .endOfLine
    } else {
      // In the order of the rules, so that only a longer match replaces an earlier one.
      for (candidate, candidateLength) in [
        (Kind.identifier, identifier(at: start)),
        (.qualifiedIdentifier, qualifiedIdentifier(at: start)),
        (.string, string(at: start)), (.unquotedString, unquotedString(at: start)),
        (.integer, integer(at: start)), (.real, real(at: start)),
        (.equals, byte == UInt8(ascii: "=") ? 1 : 0),
      ] where candidateLength > (kind == .error ? 0 : length) {
        (kind, length) = (candidate, candidateLength)
      }
    }
    index = start + length
    return Token(kind: kind, range: start..<index)
  }

  private func byte(at index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }

  private mutating func skipBlanksAndComment() {
    while let byte = byte(at: index) {
      if " \t\r".utf8.contains(byte) {
        index += 1
      } else if byte == UInt8(ascii: "#") {
        while let byte = self.byte(at: index), byte != UInt8(ascii: "\n") { index += 1 }
      } else {
        return
      }
    }
  }

  private func count(from start: Int, while isPart: (UInt8) -> Bool) -> Int {
    var end = start
    while let byte = byte(at: end), isPart(byte) { end += 1 }
    return end - start
  }

  private func identifier(at start: Int) -> Int {
    guard let first = byte(at: start), first.isConfLetter else { return 0 }
    return count(from: start, while: \.isConfWord)
  }

  private func qualifiedIdentifier(at start: Int) -> Int {
    let first = identifier(at: start)
    guard first > 0, byte(at: start + first) == UInt8(ascii: ".") else { return 0 }
    let second = identifier(at: start + first + 1)
    return second > 0 ? first + 1 + second : 0
  }

  private func unquotedString(at start: Int) -> Int {
    guard identifier(at: start) > 0 else { return 0 }
    return count(from: start) { $0.isConfWord || "-._:/".utf8.contains($0) }
  }

  /// A quote is doubled or preceded by a backslash, and the string ends on its line.
  private func string(at start: Int) -> Int {
    guard byte(at: start) == UInt8(ascii: "'") else { return 0 }
    var end = start + 1
    var longest = 0
    while let byte = byte(at: end), byte != UInt8(ascii: "\n") {
      if byte == UInt8(ascii: "'") {
        longest = end + 1 - start
        guard self.byte(at: end + 1) == UInt8(ascii: "'") else { return longest }
        end += 2
      } else if byte == UInt8(ascii: "\\") {
        guard let next = self.byte(at: end + 1), next != UInt8(ascii: "\n") else { break }
        end += 2
      } else {
        end += 1
      }
    }
    return longest
  }

  private func sign(at start: Int) -> Int {
    byte(at: start).map { "+-".utf8.contains($0) ? 1 : 0 } ?? 0
  }

  /// Decimal or hexadecimal digits, then letters: the unit.
  private func integer(at start: Int) -> Int {
    let digits = start + sign(at: start)
    let decimal = count(from: digits, while: \.isASCIIDigit)
    guard decimal > 0 else { return 0 }
    var end = digits + decimal
    if decimal == 1, byte(at: digits) == UInt8(ascii: "0"), byte(at: end) == UInt8(ascii: "x") {
      let hexadecimal = count(from: end + 1, while: \.isASCIIHexDigit)
      if hexadecimal > 0 { end += 1 + hexadecimal }
    }
    return end + count(from: end, while: \.isASCIILetter) - start
  }

  /// A point, perhaps with digits around it, and an optional exponent; no unit.
  private func real(at start: Int) -> Int {
    var end = start + sign(at: start)
    end += count(from: end, while: \.isASCIIDigit)
    guard byte(at: end) == UInt8(ascii: ".") else { return 0 }
    end += 1
    end += count(from: end, while: \.isASCIIDigit)
    if let mark = byte(at: end), mark | 0x20 == UInt8(ascii: "e") {
      let digits = end + 1 + sign(at: end + 1)
      let exponent = count(from: digits, while: \.isASCIIDigit)
      if exponent > 0 { end = digits + exponent }
    }
    return end - start
  }
}

extension UInt8 {
  fileprivate var isConfLetter: Bool {
    isASCIILetter || self == UInt8(ascii: "_") || self >= 0x80
  }
  fileprivate var isConfWord: Bool { isConfLetter || isASCIIDigit }
}
