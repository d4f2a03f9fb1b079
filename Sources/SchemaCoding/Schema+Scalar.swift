package import Diagnostics
import SourceText
package import YAMLSyntax

/// Why a text cannot be the value of its key.
package struct ValueError: Error, Sendable {
  package let id: Diagnostic.ID
  package let message: Diagnostic.Message
  package let hint: Diagnostic.Message?
  /// The part of the text that is wrong, in UTF-8 offsets; nil for all of it.
  package let utf8Range: Range<Int>?

  package init(
    _ message: Diagnostic.Message, id: Diagnostic.ID = "invalid-value",
    hint: Diagnostic.Message? = nil,
    at utf8Range: Range<Int>? = nil
  ) {
    (self.id, self.message, self.hint, self.utf8Range) = (id, message, hint, utf8Range)
  }
}

extension Schema where Value == String {
  /// Any text. A plain number or boolean is refused: YAML readers disagree about the
  /// meaning of `010` or `1_000`, so it has to be quoted.
  package static var string: Schema {
    Schema(.string(pattern: nil)) { node, decoding in
      guard let scalar = node.scalar, scalar.kind == .string else {
        decoding.diagnostics.append(.notAString(node))
        return nil
      }
      return scalar.text
    }
  }

  /// Text on one line, such as a path: at least one character, and no control characters,
  /// which come from an escape that was not meant as one (`"C:\temp"`).
  package static var line: Schema {
    .parsed(pattern: "^[^\\u0000-\\u001f\\u007f]+$") { text throws(ValueError) in
      guard !text.isEmpty else { throw ValueError("the value must not be empty") }
      guard !text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7F }) else {
        throw ValueError(
          "the value contains a control character",
          hint: "A backslash between double quotes begins an escape: use single quotes.")
      }
      return text
    }
  }
}

extension Schema {
  /// Text that a parser turns into a value.
  package static func parsed(
    pattern: String? = nil, _ parse: @escaping @Sendable (String) throws(ValueError) -> Value
  ) -> Schema {
    Schema(.string(pattern: pattern)) { node, decoding in
      // Quoting does not help a number that would also be wrong as text.
      if let scalar = node.scalar, scalar.kind != .string, scalar.kind != .null,
        (try? parse(scalar.text)) == nil
      {
        return node.report(&decoding) { () throws(ValueError) in try parse(scalar.text) }
      }
      guard let text = Schema<String>.string.decode(node, &decoding) else { return nil }
      return node.report(&decoding) { () throws(ValueError) in try parse(text) }
    }
  }

  /// An integer or text that a parser turns into a value.
  package static func integerOrParsed(
    _ range: ClosedRange<Int>, pattern: String,
    _ parse: @escaping @Sendable (String) throws(ValueError) -> Value
  ) -> Schema {
    Schema(.integerOrString(range, pattern: pattern)) { node, decoding in
      guard let scalar = node.scalar, scalar.kind == .string || scalar.kind == .integer else {
        let isNumber = node.scalar?.kind == .real
        decoding.diagnostics.append(
          .wrongType(
            expected: "an integer or a string", node,
            hint: isNumber ? "Put the value between quotes." : nil))
        return nil
      }
      return node.report(&decoding) { () throws(ValueError) in try parse(scalar.text) }
    }
  }

  /// A setting's value: the text of any scalar except null, as written in the file.
  package static func scalar(
    _ parse: @escaping @Sendable (YAMLScalar) throws(ValueError) -> Value
  ) -> Schema {
    Schema(.scalar) { node, decoding in
      guard let scalar = node.scalar, scalar.kind != .null else {
        decoding.diagnostics.append(.notASettingValue(node))
        return nil
      }
      return node.report(&decoding) { () throws(ValueError) in try parse(scalar) }
    }
  }
}

extension Schema where Value == String {
  /// A decimal number, as its text: other readers of YAML take `0x10` for text, and `010` for 8.
  package static func number(in range: ClosedRange<Double>) -> Schema {
    Schema(.number(range)) { node, decoding in
      guard let scalar = node.scalar, scalar.kind == .integer || scalar.kind == .real else {
        decoding.diagnostics.append(.notANumber("a number", node))
        return nil
      }
      guard let value = scalar.decimal else {
        decoding.diagnostics.append(.notDecimal(scalar.text, at: node.range))
        return nil
      }
      guard range.contains(value) else {
        decoding.diagnostics.append(.outOfRange(scalar.text, range, at: node.range))
        return nil
      }
      return scalar.text
    }
  }
}

extension YAMLScalar {
  /// Nil for a number in another base, with redundant zeros, infinite, or none.
  fileprivate var decimal: Double? {
    let isDecimal = text.utf8.allSatisfy { $0.isASCIIDigit || "+-.eE".utf8.contains($0) }
    let isOctal =
      text.utf8.count > 1 && text.utf8.first == UInt8(ascii: "0")
      && text.utf8.dropFirst().first?.isASCIIDigit == true
    return isDecimal && !isOctal ? Double(text) : nil
  }
}

extension Schema where Value == Int {
  package static func integer(in range: ClosedRange<Int>) -> Schema {
    Schema(.integer(range)) { node, decoding in
      guard let scalar = node.scalar, scalar.kind == .integer else {
        decoding.diagnostics.append(.notANumber("an integer", node))
        return nil
      }
      // An integer too large for the machine is out of range, too.
      guard let value = scalar.integer, range.contains(value) else {
        decoding.diagnostics.append(.outOfRange(scalar.text, range, at: node.range))
        return nil
      }
      return value
    }
  }
}

extension Schema where Value == Bool {
  package static var boolean: Schema {
    Schema(.boolean) { node, decoding in
      guard let value = node.scalar?.boolean else {
        decoding.diagnostics.append(.wrongType(expected: "true or false", node))
        return nil
      }
      return value
    }
  }
}

extension Schema where Value: CaseIterable & RawRepresentable, Value.RawValue == String {
  /// One of an enumeration's raw values.
  package static var choice: Schema {
    let names = Value.allCases.map(\.rawValue)
    return Schema(.choice(names)) { node, decoding in
      guard let text = Schema<String>.string.decode(node, &decoding) else { return nil }
      guard let value = Value(rawValue: text) else {
        decoding.diagnostics.append(.notAChoice(text, among: names, at: node.range))
        return nil
      }
      return value
    }
  }
}

extension YAMLNode {
  /// Runs a parser and points at the part of the node that is wrong.
  func report<Result>(
    _ decoding: inout Decoding, _ parse: () throws(ValueError) -> Result
  ) -> Result? {
    do {
      return try parse()
    } catch {
      decoding.diagnostics.append(
        Diagnostic(
          error.id, .error, error.message, at: place(of: error.utf8Range), hint: error.hint))
      return nil
    }
  }

  private func place(of part: Range<Int>?) -> SourceRange {
    guard let part, let verbatim = verbatimRange, part.upperBound <= verbatim.count else {
      return range
    }
    let start = verbatim.lowerBound
    return SourceRange(start + part.lowerBound..<start + part.upperBound, in: range.file)
  }
}
