import Foundation
import Reporting
import SchemaCoding
import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct SchemaCommandTests {
  @Test func printsTheCommittedSchema() throws {
    let world = MemoryWorld()
    #expect(world.run("schema") == 0)
    let file = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent().appending(path: "schemas/topology.schema.json")
    let committed = try String(contentsOf: file, encoding: .utf8)
    #expect(
      world.output == committed,
      "run: swift run pgtopo schema > schemas/topology.schema.json")
  }

  @Test func writesJSONThatReadersRead() throws {
    let value = JSONValue.object([
      "b": .array([.integer(-1), .boolean(true), .array([])]), "a/\"\\": .string("\u{1}\n\té☃"),
      "c": .object([:]),
    ])
    let text = JSONText.of(value)
    #expect(text.hasPrefix("{\n  \"a/\\\"\\\\\" : \"\\u0001\\n\\té☃\",\n  \"b\" : [\n    -1,\n"))
    let read = try #require(
      try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
    #expect(read["a/\"\\"] as? String == "\u{1}\n\té☃")
    #expect((read["b"] as? [Any])?.count == 3)
    #expect((read["c"] as? [String: Any])?.isEmpty == true)
  }
}
