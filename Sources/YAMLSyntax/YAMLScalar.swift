/// The text of a scalar, and what YAML 1.2's core schema takes it for.
package struct YAMLScalar: Hashable, Sendable {
  package let text: String
  /// Whether it is written without quotes; only then can it be anything but a string.
  package let isPlain: Bool

  package init(text: String, isPlain: Bool) { (self.text, self.isPlain) = (text, isPlain) }

  package enum Kind: Hashable, Sendable { case null, boolean, integer, real, string }

  /// The kind by the core schema (YAML 1.2.2, section 10.3.2).
  package var kind: Kind {
    guard isPlain else { return .string }
    switch text {
    case "", "~", "null", "Null", "NULL": return .null
    case "true", "True", "TRUE", "false", "False", "FALSE": return .boolean
    default: break
    }
    // Most scalars are words: a look at the first byte skips the rest of the checks.
    guard let first = text.utf8.first, first < UInt8(ascii: ":"), first >= UInt8(ascii: "+") else {
      return .string
    }
    var number = NumberText(text.utf8[...])
    return number.kind
  }

  /// The boolean that the text represents, or nil.
  package var boolean: Bool? {
    guard kind == .boolean else { return nil }
    return text.utf8.first == UInt8(ascii: "t") || text.utf8.first == UInt8(ascii: "T")
  }

  /// The integer that the text represents, or nil if there is none or it is too large.
  package var integer: Int? {
    guard kind == .integer else { return nil }
    if text.hasPrefix("0x") { return Int(text.dropFirst(2), radix: 16) }
    if text.hasPrefix("0o") { return Int(text.dropFirst(2), radix: 8) }
    return Int(text)
  }
}

/// Tells integers, reals and other text apart without regular expressions.
private struct NumberText {
  private var rest: Substring.UTF8View
  init(_ text: Substring.UTF8View) { rest = text }

  var kind: YAMLScalar.Kind {
    mutating get {
      if let kind = hexOrOctal { return kind }
      _ = take { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
      if [".inf", ".Inf", ".INF"].contains(String(Substring(rest))) { return .real }
      if [".nan", ".NaN", ".NAN"].contains(String(Substring(rest))) { return .real }
      let whole = takeDigits()
      if whole > 0, rest.isEmpty { return .integer }
      var fraction = 0
      if take({ $0 == UInt8(ascii: ".") }) { fraction = takeDigits() }
      guard whole + fraction > 0 else { return .string }
      if take({ $0 | 0x20 == UInt8(ascii: "e") }) {
        _ = take { $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: "+") }
        guard takeDigits() > 0 else { return .string }
      }
      return rest.isEmpty ? .real : .string
    }
  }

  private var hexOrOctal: YAMLScalar.Kind? {
    let isHex = rest.starts(with: "0x".utf8)
    guard rest.count > 2, isHex || rest.starts(with: "0o".utf8) else { return nil }
    let isNumber = rest.dropFirst(2).allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "7"): true
      case UInt8(ascii: "8"), UInt8(ascii: "9"): isHex
      case UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): isHex
      default: false
      }
    }
    return isNumber ? .integer : .string
  }

  private mutating func take(_ isWanted: (UInt8) -> Bool) -> Bool {
    guard let first = rest.first, isWanted(first) else { return false }
    rest.removeFirst()
    return true
  }

  private mutating func takeDigits() -> Int {
    var count = 0
    while take({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) { count += 1 }
    return count
  }
}
