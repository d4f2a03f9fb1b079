import Diagnostics
import YAMLSyntax

extension Diagnostic {
  static func wrongType(expected: String, _ node: YAMLNode) -> Diagnostic {
    var hint: String?
    if let scalar = node.scalar, scalar.kind != .string, scalar.kind != .null,
      expected.hasSuffix("string")
    {
      hint = "Write \"\(scalar.text)\", with the quotes."
    }
    return Diagnostic(
      "wrong-type", .error, "expected \(expected), found \(node.typeName)", at: node.range,
      hint: hint)
  }

  static func outOfRange(
    _ text: String, _ range: ClosedRange<Int>, at place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "out-of-range", .error,
      "\(text) is outside the valid range (\(range.lowerBound) .. \(range.upperBound))", at: place)
  }

  static func notPositive(_ text: String, at place: SourceRange) -> Diagnostic {
    Diagnostic("out-of-range", .error, "\(text) is not a number above zero", at: place)
  }

  static func notAChoice(_ text: String, among names: [String], at place: SourceRange) -> Diagnostic
  {
    Diagnostic(
      "invalid-value", .error, "invalid value \"\(text)\"", at: place,
      hint: nearest(to: text, among: names) ?? "Write \(list(names, "or")).")
  }

  static func missingKey(_ name: String, _ summary: String, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "missing-key", .error, "missing key \"\(name)\"", at: place,
      hint: "Add \"\(name)\". \(summary)")
  }

  static func unrecognizedKey(
    _ name: String, known: [String], at place: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "unrecognized-key", .error, "unrecognized key \"\(name)\"", at: place,
      hint: nearest(to: name, among: known) ?? "The keys here are \(list(known, "and")).")
  }

  static func notExactlyOne(of names: [String], at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "exactly-one-key", .error, "exactly one of \(list(names, "and")) must be given", at: place)
  }

  static func givenTwice(_ text: String, at place: SourceRange, first: SourceRange) -> Diagnostic {
    Diagnostic(
      "duplicate-value", .error, "\"\(text)\" is given twice", at: place,
      notes: [.init("it is given here first", at: first)], hint: "Remove one of the two.")
  }

  static func tooFew(_ minimum: Int, at place: SourceRange) -> Diagnostic {
    Diagnostic(
      "too-few-values", .error,
      minimum == 1 ? "at least one entry is needed" : "at least \(minimum) entries are needed",
      at: place)
  }

  private static func nearest(to name: String, among names: [String]) -> String? {
    NearestName.of(name, among: names).map { "Perhaps you meant \"\($0)\"." }
  }

  private static func list(_ names: [String], _ word: String) -> String {
    let quoted = names.map { "\"\($0)\"" }
    guard quoted.count > 1, let last = quoted.last else { return quoted.joined() }
    return quoted.dropLast().joined(separator: ", ") + " \(word) \(last)"
  }
}

extension YAMLNode {
  /// What the node is, with its article, for a message.
  fileprivate var typeName: String {
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
