extension Shape {
  /// The JSON Schema (draft 2020-12) of a whole file with this shape.
  package func jsonSchema(id: String, title: String) -> JSONValue {
    guard case .object(var root) = json else { return json }
    root["$schema"] = .string("https://json-schema.org/draft/2020-12/schema")
    root["$id"] = .string(id)
    root["title"] = .string(title)
    return .object(root)
  }

  fileprivate var json: JSONValue {
    switch self {
    case .string(let pattern):
      return .object(["type": "string", "pattern": pattern.map(JSONValue.string)])
    case .integer(let range) where range.lowerBound == range.upperBound:
      return .object(["const": .integer(range.lowerBound)])
    case .integer(let range):
      return .object([
        "type": "integer", "minimum": .integer(range.lowerBound),
        "maximum": .integer(range.upperBound),
      ])
    case .boolean: return .object(["type": "boolean"])
    case .number(let range):
      return .object([
        "type": "number", "minimum": .real(range.lowerBound), "maximum": .real(range.upperBound),
      ])
    case .integerOrString(let range, let pattern):
      return .object([
        "type": ["integer", "string"], "pattern": .string(pattern),
        "minimum": .integer(range.lowerBound), "maximum": .integer(range.upperBound),
      ])
    case .scalar: return .object(["type": ["string", "integer", "number", "boolean"]])
    case .choice(let names): return .object(["enum": .array(names.map(JSONValue.string))])
    case .array(let element, let isUnique, let minimumCount):
      return .object([
        "type": "array", "items": element.json,
        "uniqueItems": isUnique ? .boolean(true) : nil,
        "minItems": minimumCount > 0 ? .integer(minimumCount) : nil,
      ])
    case .map(let keyPattern, let values, let minimumCount):
      return .object([
        "type": "object", "additionalProperties": values.json,
        "propertyNames": keyPattern.map { .object(["pattern": .string($0)]) },
        "minProperties": minimumCount > 0 ? .integer(minimumCount) : nil,
      ])
    case .object(let object): return object.json
    }
  }
}

extension ObjectShape {
  fileprivate var json: JSONValue {
    let required = properties.filter(\.isRequired).map { JSONValue.string($0.name) }
    let isOneOfAll = !exactlyOne.isEmpty && exactlyOne.count == properties.count
    let choice = isOneOfAll ? [:] : exactlyOne.choice
    return .object([
      "type": "object", "description": .string(summary), "additionalProperties": .boolean(false),
      "properties": .object(
        Dictionary(uniqueKeysWithValues: properties.map { ($0.name, $0.json) })),
      "required": required.isEmpty ? nil : .array(required),
      "minProperties": isOneOfAll ? .integer(1) : nil,
      "maxProperties": isOneOfAll ? .integer(1) : nil,
      "if": choice["if"], "then": choice["then"], "else": choice["else"],
    ])
  }
}

extension [String] {
  /// The constraint on a mapping that must have exactly one of these keys. It avoids
  /// `oneOf`, about which validators only say that nothing matches.
  fileprivate var choice: [String: JSONValue] {
    guard let first else { return [:] }
    func has(_ key: String) -> JSONValue { .object(["required": .array([.string(key)])]) }
    let rest = dropFirst()
    guard !rest.isEmpty else { return ["required": .array([.string(first)])] }
    return [
      "if": has(first),
      "then": .object(["not": .object(["anyOf": .array(rest.map(has))])]),
      "else": .object(Array(rest).choice),
    ]
  }
}

extension ObjectShape.Property {
  fileprivate var json: JSONValue {
    guard case .object(var members) = shape.json else { return shape.json }
    members["description"] = .string(summary)
    if let fallback { members["default"] = fallback }
    return .object(members)
  }
}

extension JSONValue {
  /// An object of the members that have a value.
  fileprivate static func object(_ members: KeyValuePairs<String, JSONValue?>) -> JSONValue {
    .object(
      Dictionary(
        uniqueKeysWithValues: members.compactMap { name, value in value.map { (name, $0) } })
    )
  }
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByArrayLiteral {
  package init(stringLiteral text: String) { self = .string(text) }
  package init(arrayLiteral items: JSONValue...) { self = .array(items) }
}
