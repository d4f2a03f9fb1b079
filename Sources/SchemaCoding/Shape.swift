/// The form of a value in the file format: the source of the JSON Schema, which is a fold
/// over it and so cannot drift from the decoder.
package indirect enum Shape: Hashable, Sendable {
  /// Text; `pattern` is an ECMA-262 regular expression that every valid text matches. It
  /// may match more: some constraints only a parser can check.
  case string(pattern: String?)
  case integer(ClosedRange<Int>)
  case boolean
  case number(ClosedRange<Double>)
  /// An integer, or text that matches the pattern.
  case integerOrString(ClosedRange<Int>, pattern: String)
  /// A setting's value: text, integer, real or boolean.
  case scalar
  case choice([String])
  case array(of: Shape, isUnique: Bool, minimumCount: Int)
  /// Any keys that match the pattern, all with values of one shape.
  case map(keyPattern: String?, values: Shape, minimumCount: Int)
  case object(ObjectShape)
}

/// A mapping with known keys.
package struct ObjectShape: Hashable, Sendable {
  package struct Property: Hashable, Sendable {
    package let name: String
    package let shape: Shape
    /// The meaning of the key, in full sentences.
    package let summary: String
    package let isRequired: Bool
    /// The default when the key is absent, if it is one fixed value.
    package let fallback: JSONValue?
  }

  /// A description of one such mapping, as a full sentence.
  package let summary: String
  package let properties: [Property]
  /// The properties of which exactly one must be given; empty if there is no such constraint.
  package let exactlyOne: [String]
}

/// A JSON value; an object is written in the order of its names.
package enum JSONValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
  case real(Double)
  case boolean(Bool)
  case array([JSONValue])
  case object([String: JSONValue])
}

extension JSONValue: Encodable {
  package func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    switch self {
    case .string(let text): try container.encode(text)
    case .integer(let number): try container.encode(number)
    case .real(let number): try container.encode(number)
    case .boolean(let isTrue): try container.encode(isTrue)
    case .array(let items): try container.encode(items)
    case .object(let members): try container.encode(members)
    }
  }
}

/// A value that can be a default in the JSON Schema.
package protocol JSONConvertible {
  var json: JSONValue { get }
}

extension String: JSONConvertible {
  package var json: JSONValue { .string(self) }
}
extension Int: JSONConvertible {
  package var json: JSONValue { .integer(self) }
}
extension Bool: JSONConvertible {
  package var json: JSONValue { .boolean(self) }
}
