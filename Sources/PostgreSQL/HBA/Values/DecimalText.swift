import SourceText

/// Decimal numbers as `strtol` and `atoi` read them, which hba.c uses.
enum DecimalText {
  /// `strtol` with base 10 over the whole text: blanks and a sign may precede the digits,
  /// but nothing may follow them. A number out of range becomes the nearest one in range.
  static func strtol(_ text: String) -> Int? {
    let (value, rest) = decimalPrefix(text)
    return rest.isEmpty ? value : nil
  }

  /// `atoi`: text after the digits is ignored, no digits mean 0, and a number that does not
  /// fit into 32 bits loses its high bits.
  static func atoi(_ text: String) -> Int32 {
    Int32(truncatingIfNeeded: decimalPrefix(text).value ?? 0)
  }

  /// The value is nil without digits.
  private static func decimalPrefix(_ text: String) -> (value: Int?, rest: [UInt8]) {
    var rest = Array(text.utf8.drop(while: CNumber.isSpace))[...]
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    let digits = rest.prefix(while: \.isASCIIDigit)
    guard !digits.isEmpty else { return (nil, Array(text.utf8) + [0]) }
    var value = 0
    for digit in digits {
      let (product, over) = value.multipliedReportingOverflow(by: 10)
      let (sum, overToo) = product.addingReportingOverflow(Int(digit - UInt8(ascii: "0")))
      if over || overToo {
        value = .max
        break
      }
      value = sum
    }
    return (isNegative ? -value : value, Array(rest.dropFirst(digits.count)))
  }
}
