import SchemaCoding
import Testing

@Suite struct JSONSchemaTests {
  @Test func describesAnObject() {
    #expect(
      SchemaTests.shop.shape.jsonSchema(id: "urn:x", title: "Shop")
        == .object([
          "$schema": "https://json-schema.org/draft/2020-12/schema", "$id": "urn:x",
          "title": "Shop", "type": "object", "description": "A shop.",
          "additionalProperties": .boolean(false), "required": ["name"],
          "properties": .object([
            "name": .object(["type": "string", "description": "Its name."]),
            "size": .object([
              "type": "integer", "minimum": .integer(1), "maximum": .integer(9),
              "default": .integer(3), "description": "Its size.",
            ]),
            "open": .object([
              "type": "boolean", "default": .boolean(true), "description": "Whether it is open.",
            ]),
            "kind": .object(["enum": ["books", "bread"], "description": "What it sells."]),
            "tags": .object([
              "type": "array", "items": .object(["type": "string"]),
              "uniqueItems": .boolean(true), "description": "Its tags.",
            ]),
          ]),
        ]))
  }

  @Test func asksForExactlyOneKey() {
    let schema = Schema<String>.object(
      "One.", Field("a", optional: .string, "A."), Field("b", optional: .string, "B."),
      exactlyOne: ["a", "b"]
    ) { $0 ?? $1 }
    guard case .object(let members) = schema.shape.jsonSchema(id: "i", title: "t") else {
      Issue.record("an object's schema is an object")
      return
    }
    #expect(members["minProperties"] == .integer(1) && members["maxProperties"] == .integer(1))
  }

  @Test func asksForExactlyOneOfSomeKeysWithoutOneOf() {
    let schema = Schema<String>.object(
      "Some.", Field("a", optional: .string, "A."), Field("b", optional: .string, "B."),
      Field("c", optional: .string, "C."), Field("more", optional: .string, "More."),
      exactlyOne: ["a", "b", "c"]
    ) { a, b, c, _ in a ?? b ?? c }
    guard case .object(let members) = schema.shape.jsonSchema(id: "i", title: "t") else {
      Issue.record("an object's schema is an object")
      return
    }
    func has(_ key: String) -> JSONValue { .object(["required": [.string(key)]]) }
    #expect(members["if"] == has("a"))
    #expect(members["then"] == .object(["not": .object(["anyOf": [has("b"), has("c")]])]))
    #expect(
      members["else"]
        == .object([
          "if": has("b"), "then": .object(["not": .object(["anyOf": [has("c")]])]),
          "else": has("c"),
        ]))
    #expect(members["minProperties"] == nil && members["oneOf"] == nil)
  }
}
