import Diagnostics
import SchemaCoding
import SourceText
import Testing
import YAMLSyntax

@Suite struct SchemaTests {
  /// A small format with every kind of field.
  struct Shop: Sendable {
    let name: String
    let size: Int
    let open: Bool
    let kind: Kind?
    let tags: [String]
  }
  enum Kind: String, CaseIterable, Sendable { case books, bread }

  static let shop = Schema<Shop>.object(
    "A shop.",
    Field("name", .string, "Its name."),
    Field("size", .integer(in: 1...9), default: 3, "Its size."),
    Field("open", .boolean, default: true, "Whether it is open."),
    Field("kind", optional: .choice, "What it sells."),
    Field("tags", orEmpty: .array(of: .string, isUnique: true), "Its tags.")
  ) { Shop(name: $0, size: $1, open: $2, kind: $3, tags: $4) }

  static func decode<Value>(
    _ schema: Schema<Value>, _ text: String
  ) throws -> (value: Value?, diagnostics: [Diagnostic]) {
    var diagnostics: [Diagnostic] = []
    let document = YAMLDocument.parse(SourceFile(path: "t.yml", text: text), &diagnostics)
    let root = try #require(document?.root)
    var decoding = Decoding(owner: root.range)
    let value = schema.decode(root, &decoding)
    return (value, diagnostics + decoding.diagnostics)
  }

  private func messages(_ text: String) throws -> [String] {
    try Self.decode(Self.shop, text).diagnostics.map(\.message.description)
  }

  @Test func decodesValuesAndDefaults() throws {
    let (shop, diagnostics) = try Self.decode(Self.shop, "name: a\nkind: bread\ntags: [x, y]\n")
    #expect(diagnostics.isEmpty)
    let value = try #require(shop)
    #expect(value.name == "a" && value.size == 3 && value.open && value.kind == .bread)
    #expect(value.tags == ["x", "y"])
  }

  @Test func reportsAllMistakesOfAFile() throws {
    #expect(
      try messages("size: 12\nopen: ja\nkind: bred\ntags: [x, 1, x]\ncolour: red\n") == [
        "unrecognized key \"colour\"", "missing key \"name\"",
        "12 is outside the valid range (1 .. 9)", "expected true or false, found a string",
        "invalid value \"bred\"", "expected a string, found an integer", "\"x\" is given twice",
      ])
  }

  @Test func decodesAMisspeltKeyAsTheOneThatWasMeant() throws {
    let (shop, diagnostics) = try Self.decode(Self.shop, "nmae: a\nsize: 2\n")
    #expect(diagnostics.map(\.id) == ["unrecognized-key"] && shop?.name == "a")
    // The correctly spelt key wins, wherever it is.
    #expect(try Self.decode(Self.shop, "nmae: a\nname: b\n").value?.name == "b")
  }

  @Test func keepsARangeAndGoesOnWhereAValueIsMissing() throws {
    let (shop, diagnostics) = try Self.decode(Self.shop, "name: a\nsize: 10\n")
    #expect(shop?.size == 3 && diagnostics.count == 1)
    #expect(try messages("name: a\nsize: 99999999999999999999\n").count == 1)
    #expect(try messages("name: a\nsize: 0x5\n").isEmpty)
  }

  @Test func pointsAtTheKeyThatLacksAnother() throws {
    let outer = Schema<Shop?>.object("All.", Field("shop", optional: Self.shop, "The shop.")) { $0 }
    let (_, diagnostics) = try Self.decode(outer, "shop:\n  size: 1\n")
    #expect(diagnostics.map(\.range.offsets) == [0..<4])
    #expect(diagnostics.first?.hint == "Add \"name\". Its name.")
  }

  @Test func pointsAtTheItemThatLacksAKey() throws {
    let list = Schema<[Shop]>.array(of: Self.shop)
    let (_, diagnostics) = try Self.decode(list, "- name: a\n- size: 1\n")
    #expect(diagnostics.map(\.range.offsets) == [12..<19])
  }

  @Test func pointsAtThePartOfATextThatIsWrong() throws {
    let schema = Schema<String>.parsed { _ throws(ValueError) in
      throw ValueError("bad", at: 1..<3)
    }
    #expect(try Self.decode(schema, "'abcd'").diagnostics.map(\.range.offsets) == [2..<4])
    // If an escape shifts the letters, at the whole scalar.
    #expect(try Self.decode(schema, "\"a\\tcd\"").diagnostics.map(\.range.offsets) == [0..<7])
  }

  @Test func takesTheFirstOfTwoKeys() throws {
    let (shop, diagnostics) = try Self.decode(Self.shop, "name: a\nname: b\n")
    #expect(shop?.name == "a" && diagnostics.map(\.id) == ["duplicate-key"])
  }

  @Test func leavesTheNameOfAnEntryWhoseValueIsWrong() throws {
    let map = Schema<[Entry<String, Int>]>.map(
      key: { text throws(ValueError) in text }, values: .integer(in: 0...9))
    let (entries, diagnostics) = try Self.decode(map, "a: 1\nb: x\n3: 2\n")
    #expect(entries?.map(\.name.value) == ["a", "b", "3"])
    #expect(entries?.map(\.value) == [1, nil, 2])
    #expect(diagnostics.count == 1)
  }

  @Test func hidesAValueThatMayBeAPassword() throws {
    for diagnostic in try Self.decode(Schema<String>.string, "12345678").diagnostics {
      #expect(!"\(diagnostic.message) \(diagnostic.hint ?? "")".contains("1234"))
    }
  }

  @Test(arguments: [
    ("null", "expected a string, found nothing"), ("true", "expected a string, found a boolean"),
    ("1", "expected a string, found an integer"), ("1.5", "expected a string, found a number"),
    ("[]", "expected a string, found a list"), ("{}", "expected a string, found a mapping"),
  ])
  func namesTheTypeItFound(_ text: String, _ message: String) throws {
    let diagnostics = try Self.decode(Schema<String>.string, text).diagnostics
    #expect(diagnostics.map(\.message.description) == [message])
  }
}
