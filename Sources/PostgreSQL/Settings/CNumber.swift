import SourceText

/// Numbers as C reads them at the start of a text: the first step of `parse_int` and
/// `parse_real` in guc.c.
struct CNumber {
  let value: Double
  /// The offset of the end of the number in the text.
  let end: Int

  /// `strtol` with base 0, and `strtod` if a point, an exponent or an overflow follows: `0x10`
  /// is 16, `010` is 8, `1e3` is 1000. Nil if there is no number or it is out of every range.
  static func integer(_ text: [UInt8]) -> CNumber? {
    var scanner = Scanner(text)
    scanner.skipSpaces()
    let isNegative = scanner.readSign()
    let radix = scanner.readRadix()
    let start = scanner.index
    var magnitude: Int? = 0
    while let digit = scanner.digit(below: radix) {
      let (product, isTooLarge) = (magnitude ?? 0).multipliedReportingOverflow(by: radix)
      let (sum, overflows) = product.addingReportingOverflow(digit)
      magnitude = magnitude == nil || isTooLarge || overflows ? nil : sum
      scanner.index += 1
    }
    // Without a digit, strtol returns the start of the text, including blanks and sign.
    let end = scanner.index == start ? 0 : scanner.index
    let next = end < text.count ? text[end] : 0
    if magnitude == nil || next == UInt8(ascii: ".") || next | 0x20 == UInt8(ascii: "e") {
      return real(text)
    }
    guard end > 0, let magnitude else { return nil }
    return CNumber(value: Double(isNegative ? -magnitude : magnitude), end: end)
  }

  /// `strtod`. Nil if there is no number, and on overflow and underflow (`ERANGE`).
  static func real(_ text: [UInt8]) -> CNumber? {
    var scanner = Scanner(text)
    scanner.skipSpaces()
    let isNegative = scanner.readSign()
    for (word, value) in [("infinity", Double.infinity), ("inf", .infinity), ("nan", .nan)]
    where scanner.hasWord(word) {
      return CNumber(value: isNegative ? -value : value, end: scanner.index + word.utf8.count)
    }
    guard let literal = scanner.readReal(), let value = Double(literal.text) else { return nil }
    let isOutOfRange = value.isInfinite || (literal.isNonzero && !value.isNormal)
    return isOutOfRange
      ? nil : CNumber(value: isNegative ? -value : value, end: scanner.index)
  }

  /// `isspace` in the C locale.
  static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

private struct Scanner {
  let text: [UInt8]
  var index = 0

  init(_ text: [UInt8]) { self.text = text }

  func byte(at offset: Int = 0) -> UInt8? {
    index + offset < text.count ? text[index + offset] : nil
  }

  mutating func skipSpaces() {
    while let byte = byte(), CNumber.isSpace(byte) { index += 1 }
  }

  mutating func readSign() -> Bool {
    guard let byte = byte(), "+-".utf8.contains(byte) else { return false }
    index += 1
    return byte == UInt8(ascii: "-")
  }

  /// 16 after `0x`, which it consumes; 8 before a zero, which it does not; otherwise 10.
  mutating func readRadix() -> Int {
    guard byte() == UInt8(ascii: "0") else { return 10 }
    guard let mark = byte(at: 1), mark | 0x20 == UInt8(ascii: "x"),
      let digit = byte(at: 2), digit.isASCIIHexDigit
    else { return 8 }
    index += 2
    return 16
  }

  func digit(below radix: Int) -> Int? {
    guard let byte = byte() else { return nil }
    let value = byte.isASCIIDigit ? Int(byte) - 0x30 : Int(byte | 0x20) - 0x61 + 10
    return byte.isASCIIHexDigit && value < radix ? value : nil
  }

  func hasWord(_ word: String) -> Bool {
    text.dropFirst(index).prefix(word.utf8.count).map { $0 | 0x20 }.elementsEqual(word.utf8)
  }

  mutating func digits(_ radix: Int) -> String {
    let start = index
    while digit(below: radix) != nil { index += 1 }
    return String(decoding: text[start..<index], as: UTF8.self)
  }

  /// A number without its sign, completed so that Swift can parse it.
  mutating func readReal() -> (text: String, isNonzero: Bool)? {
    let start = index
    let radix = readRadix() == 16 ? 16 : 10
    if radix == 16 { index = start + 2 } else { index = start }
    let whole = digits(radix)
    var fraction = ""
    if byte() == UInt8(ascii: ".") {
      index += 1
      fraction = digits(radix)
    }
    guard !whole.isEmpty || !fraction.isEmpty else { return nil }
    let mark: Character = radix == 16 ? "p" : "e"
    let exponent = readExponent(after: mark)
    let prefix = radix == 16 ? "0x" : ""
    let text = "\(prefix)\(whole.isEmpty ? "0" : whole).\(fraction.isEmpty ? "0" : fraction)"
    return ("\(text)\(mark)\(exponent)", (whole + fraction).contains { $0 != "0" })
  }

  private mutating func readExponent(after mark: Character) -> String {
    guard let byte = byte(), byte | 0x20 == mark.asciiValue else { return "0" }
    let start = index
    index += 1
    let sign = readSign() ? "-" : ""
    let digits = digits(10).drop { $0 == "0" }
    guard text[index - 1].isASCIIDigit else {
      index = start
      return "0"
    }
    // With more digits, it is infinite or zero anyway.
    return digits.isEmpty ? "0" : sign + (digits.count > 6 ? "999999" : String(digits))
  }
}
