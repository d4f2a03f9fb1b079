/// Lexers classify bytes, not characters, and so does everything here.
extension UInt8 {
  package var isASCIIDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }
  package var isASCIIUppercase: Bool { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(self) }
  package var isASCIILetter: Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(self | 0x20) }
  /// A letter or a digit.
  package var isASCIIWord: Bool { isASCIIDigit || isASCIILetter }
  package var isASCIIHexDigit: Bool {
    isASCIIDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }
  /// C0 and DEL: characters that do not belong in a name; some of them break lines.
  package var isASCIIControl: Bool { self < 0x20 || self == 0x7F }
}

extension String {
  /// Whether every byte is a letter, a digit, or one of some others.
  package func isMadeOfASCIIWords(or others: String) -> Bool {
    utf8.allSatisfy { $0.isASCIIWord || others.utf8.contains($0) }
  }

  /// The text without its first scalar. `dropFirst` would also remove a combining accent,
  /// which to PostgreSQL is not part of the `+` before it.
  package var droppingFirstScalar: String { String(unicodeScalars.dropFirst()) }

  /// Whether both have the same bytes, as `strcmp` compares; `==` considers `é` equal to
  /// `e` with a combining accent.
  package func hasSameBytes(as other: String) -> Bool { utf8.elementsEqual(other.utf8) }

  /// The text with every occurrence of certain ASCII characters replaced.
  ///
  /// It works on scalars: to Swift, a carriage return with a line feed is one character, and a
  /// quote with a combining accent is not a quote, but every reader of these files sees them.
  package func escaping(_ replacement: (Unicode.Scalar) -> String?) -> String {
    var result = ""
    for scalar in unicodeScalars {
      if let text = replacement(scalar) {
        result += text
      } else {
        result.unicodeScalars.append(scalar)
      }
    }
    return result
  }

  /// The text with the letters A to Z in lower case, as `pg_strcasecmp` compares.
  package var asciiLowercased: String {
    guard utf8.contains(where: \.isASCIIUppercase) else { return self }
    return escaping { scalar in
      guard let byte = UInt8(exactly: scalar.value), byte.isASCIIUppercase else { return nil }
      return String(Unicode.Scalar(byte | 0x20))
    }
  }
}
