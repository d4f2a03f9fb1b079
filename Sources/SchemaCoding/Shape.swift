/// What a value of the format looks like: the source of the JSON Schema and of the
/// reference page, which are folds over it and so cannot drift from the decoder.
package indirect enum Shape: Hashable, Sendable {
  /// Text; `pattern` is an ECMA-262 regular expression that every valid text matches.
  /// It may match more: what only a parser can tell stays with the parser.
  case string(pattern: String?)
  case integer(ClosedRange<Int>)
  case boolean
  /// A number above zero.
  case positiveNumber
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
    /// What the key means, in full sentences.
    package let summary: String
    package let isRequired: Bool
    /// What is meant when the key is absent, if that is one fixed value.
    package let fallback: JSONValue?
  }

  /// What one such mapping is, as a full sentence.
  package let summary: String
  package let properties: [Property]
  /// The properties of which exactly one must be given; none when all are free.
  package let exactlyOne: [String]
}

/// A JSON value; an object is written in the order of its names.
package enum JSONValue: Hashable, Sendable {
  case string(String)
  case integer(Int)
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
