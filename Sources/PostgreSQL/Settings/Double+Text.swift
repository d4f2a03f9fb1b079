extension Double {
  /// The number as `%g` prints it: six digits, with an exponent below 0.0001 and from a million on.
  /// Infinity is spelled as PostgreSQL's own `snprintf` spells it.
  package var settingText: String {
    if isNaN { return "NaN" }
    if isInfinite { return self < 0 ? "-Infinity" : "Infinity" }
    guard self != 0 else { return sign == .minus ? "-0" : "0" }
    var (digits, exponent) = magnitude.decimal
    if digits.count > 6 {
      let isUp = digits[6] > 5 || (digits[6] == 5 && (digits.count > 7 || digits[5] % 2 == 1))
      digits.removeLast(digits.count - 6)
      if isUp { exponent += digits.roundUp() }
    }
    while digits.count > 1, digits.last == 0 { digits.removeLast() }
    return (self < 0 ? "-" : "") + Self.text(of: digits, exponent)
  }

  private static func text(of digits: [Int], _ exponent: Int) -> String {
    let text = digits.map(String.init)
    if exponent < -4 || exponent >= 6 {
      let fraction = digits.count > 1 ? "." + text[1...].joined() : ""
      let power = String(abs(exponent))
      let sign = exponent < 0 ? "-" : "+"
      return "\(text[0])\(fraction)e\(sign)\(power.count < 2 ? "0" : "")\(power)"
    }
    if exponent < 0 {
      return "0." + String(repeating: "0", count: -exponent - 1) + text.joined()
    }
    let whole = text.prefix(exponent + 1).joined()
    let zeros = String(repeating: "0", count: Swift.max(0, exponent + 1 - digits.count))
    let fraction = text.dropFirst(exponent + 1).joined()
    return whole + zeros + (fraction.isEmpty ? "" : "." + fraction)
  }

  /// The shortest digits that represent this number, and the power of ten of the first.
  private var decimal: (digits: [Int], exponent: Int) {
    let parts = description.split(separator: "e")
    let mantissa = parts[0].split(separator: ".", omittingEmptySubsequences: false)
    var exponent = (parts.count > 1 ? Int(parts[1]) ?? 0 : 0) + mantissa[0].count - 1
    var digits = mantissa.joined().compactMap(\.wholeNumberValue)
    while digits.count > 1, digits.first == 0 {
      digits.removeFirst()
      exponent -= 1
    }
    return (digits, exponent)
  }
}

extension [Int] {
  /// Adds one to the last digit; returns 1 if that put a digit before the first, otherwise 0.
  fileprivate mutating func roundUp() -> Int {
    var index = count - 1
    while index >= 0, self[index] == 9 {
      self[index] = 0
      index -= 1
    }
    guard index < 0 else {
      self[index] += 1
      return 0
    }
    self = [1] + dropLast()
    return 1
  }
}
