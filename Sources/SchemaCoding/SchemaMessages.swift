import Diagnostics
import SourceText
import YAMLSyntax

extension Diagnostic {
  static func wrongType(
    expected: Message, _ node: YAMLNode, hint: Message? = nil
  ) -> Diagnostic {
    Diagnostic(
      "wrong-type", .error, "expected \(expected), found \(node.typeName)", at: node.range,
      hint: hint)
  }

  /// The hint does not repeat the text, which may be a password.
  static func notAString(_ node: YAMLNode) -> Diagnostic {
    let isScalar = node.scalar.map { $0.kind != .null } ?? false
    return wrongType(
      expected: "a string", node, hint: isScalar ? "Put the value between quotes." : nil)
  }

  static func notANumber(_ expected: Message, _ node: YAMLNode) -> Diagnostic {
    let unquoted = node.scalar.map { YAMLScalar(text: $0.text, isPlain: true).kind }
    let isQuoted =
      node.scalar?.isPlain == false
      && (unquoted == .integer || unquoted == .real && expected == "a number")
    return wrongType(expected: expected, node, hint: isQuoted ? "Remove the quotes." : nil)
  }

  static func notASettingValue(_ node: YAMLNode) -> Diagnostic {
    wrongType(
      expected: "a value", node,
      hint: node.kind == .scalar
        ? "Write \"\" for an empty value." : "Write a list as one string, such as \"a, b\".")
  }

  static func notAList(_ node: YAMLNode) -> Diagnostic {
    wrongType(
      expected: "a list", node,
      hint: node.scalar.map { $0.kind != .null } ?? false ? "Put it between brackets." : nil)
  }

  static func notAnObject(_ node: YAMLNode, keys: [String]) -> Diagnostic {
    wrongType(expected: "a mapping", node, hint: "The keys here are \(keywords: keys, .and).")
  }

  static func outOfRange(
    _ text: String, _ range: ClosedRange<Int>, at place: SourceRange
  ) -> Diagnostic {
    guard range.count > 1 else {
      return Diagnostic(
        "out-of-range", .error, "invalid value \(text: text)", at: place,
        hint: "Write \(range.lowerBound).")
    }
    return Diagnostic(
      "out-of-range", .error,
      "\(text: text) is outside the valid range (\(range.lowerBound) .. \(range.upperBound))",
      at: place)
  }

  static func outOfRange(
    _ text: String, _ range: ClosedRange<Double>, at place: SourceRange
  ) -> Diagnostic {
    let bounds = [range.lowerBound, range.upperBound].map { bound in
      Int(exactly: bound).map(String.init) ?? "\(bound)"
    }
    return Diagnostic(
      "out-of-range", .error,
      "\(text: text) is outside the valid range (\(text: bounds[0]) .. \(text: bounds[1]))",
      at: place)
  }

  static func notDecimal(_ text: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "invalid-value", .error, "\(text: text) is not a decimal number", at: place,
      hint: "Write it with the digits 0 to 9, without zeros before them.")
  }

  static func notAChoice(_ text: String, among names: [String], at place: SourceRange) -> Diagnostic
  {
    Diagnostic(
      "invalid-value", .error, "invalid value \(value: text)", at: place,
      hint: perhaps(NearestName.of(text, among: names)) ?? "Write \(keywords: names, .or).")
  }

  static func missingKey(_ name: String, _ summary: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "missing key \(keyword: name)", at: place,
      hint: "Add \(keyword: name). \(text: summary)")
  }

  static func unrecognizedKey(
    _ name: String, nearest: String?, known: [String], at place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unrecognized-key", .error, "unrecognized key \(name: name)", at: place,
      hint: perhaps(nearest) ?? "The keys here are \(keywords: known, .and).")
  }

  static func notExactlyOne(of names: [String], at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "exactly-one-key", .error, "exactly one of \(keywords: names, .and) must be given", at: place)
  }

  static func givenTwice(_ text: String, at place: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "duplicate-value", .error, "\(value: text) is given twice", at: place,
      notes: [.init("it is given here first", at: first)], hint: "Remove one of the two.")
  }

  static func tooFew(_ minimum: Int, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-few-values", .error,
      minimum == 1 ? "at least one entry is needed" : "at least \(minimum) entries are needed",
      at: place)
  }

  private static func perhaps(_ name: String?) -> Message? {
    name.map { "Perhaps you meant \(keyword: $0)." }
  }
}

extension YAMLNode {
  /// The kind of the node, with its article, for a message.
  fileprivate var typeName: Diagnostic.Message {
    switch kind {
    case .sequence: return "a list"
    case .mapping: return "a mapping"
    case .scalar: break
    }
    return switch scalar?.kind {
    case .boolean: "a boolean"
    case .integer: "an integer"
    case .real: "a number"
    case .string: "a string"
    case .null, nil: "nothing"
    }
  }
}
