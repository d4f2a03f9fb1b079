extension ArraySlice<UInt8> {
  /// The bytes that a quoted value stands for: without its quotes, and with `\n`, `\t`,
  /// octal digits and the like replaced (`DeescapeQuotedString` in guc-file.l).
  var confUnquoted: [UInt8] {
    let text = Array(dropFirst().dropLast())
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "'") {
        // Skip the second of two quotes.
        index += 1
        result.append(byte)
      } else if byte == UInt8(ascii: "\\"), index < text.count {
        result.append(Self.escape(in: text, at: &index))
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func escape(in text: [UInt8], at index: inout Int) -> UInt8 {
    let digits = text[index...].prefix(3).prefix { (0x30...0x37).contains($0) }
    guard digits.isEmpty else {
      index += digits.count
      return digits.reduce(0) { ($0 << 3) &+ ($1 - 0x30) }
    }
    let byte = text[index]
    index += 1
    switch byte {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    default: return byte
    }
  }
}
