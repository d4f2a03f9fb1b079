import SourceText

/// The text of pg_hba.conf, which consists of bytes and is not always UTF-8.
///
/// Each byte that is not part of a UTF-8 sequence becomes one of the last 128 scalars of
/// plane 16, which are for private use, so that nothing is lost between reading and
/// writing. These scalars themselves are treated as such bytes, so nothing is ambiguous.
package enum HBAText {
  private static let escapes: ClosedRange<UInt32> = 0x10FF80...0x10FFFF

  /// Decodes the bytes of a file.
  package static func decode(_ bytes: some Collection<UInt8>) -> String {
    if let plain = String(validating: bytes, as: UTF8.self),
      !plain.unicodeScalars.contains(where: { escapes.contains($0.value) })
    {
      return plain
    }
    var text = String.UnicodeScalarView()
    var rest = Array(bytes)[...]
    while let first = rest.first {
      let length = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4
      if let scalar = String(validating: rest.prefix(length), as: UTF8.self)?.unicodeScalars.first,
        !escapes.contains(scalar.value)
      {
        text.append(scalar)
        rest = rest.dropFirst(length)
      } else {
        text.append(Unicode.Scalar(escapes.lowerBound + UInt32(first & 0x7F)) ?? "?")
        rest = rest.dropFirst()
      }
    }
    return String(text)
  }

  /// The bytes of a file that `decode` reads as this text.
  package static func encode(_ text: String) -> [UInt8] {
    text.unicodeScalars.flatMap { scalar -> [UInt8] in
      escapes.contains(scalar.value)
        ? [UInt8(scalar.value - escapes.lowerBound) | 0x80] : Array(String(scalar).utf8)
    }
  }

  /// The text for display: bytes that are not UTF-8 become `\xNN`.
  package static func display(_ text: String) -> String {
    text.escaping { scalar in
      guard escapes.contains(scalar.value) else { return nil }
      return "\\x" + String(UInt8(scalar.value - escapes.lowerBound) | 0x80, radix: 16)
    }
  }
}
