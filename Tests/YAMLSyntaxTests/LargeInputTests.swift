import Diagnostics
import Testing
import YAMLSyntax

/// Megabytes of any text are read or refused in a time that grows no faster than the input.
@Suite(.serialized) struct LargeInputTests {
  /// Enough to tell: with ten times the length, a quadratic step would never finish.
  private static let size = 5_000_000

  private func reading(
    repeating unit: String, after opening: String = "", size: Int = Self.size
  ) -> Reading {
    var bytes = Array(unit.utf8)
    while bytes.count < size { bytes += bytes }
    return Reading(bytes: Array(opening.utf8) + bytes)
  }

  @Test(arguments: [("[", "", 1), ("x", "a: ", 0)])
  func endsOnFiftyMegabytes(_ unit: String, _ opening: String, _ problems: Int) {
    let reading = reading(repeating: unit, after: opening, size: 50_000_000)
    #expect(reading.diagnostics.count == problems)
    #expect((reading.document == nil) == (problems > 0))
  }

  @Test(arguments: ["[", "{", "- ", "? ", "[{a: ", "- ? "])
  func refusesEndlessNestingAtItsBound(_ unit: String) throws {
    let reading = reading(repeating: unit)
    #expect(reading.document == nil)
    let (message, _) = try reading.complaint()
    #expect(message == "collections are nested more than 64 deep")
  }

  @Test(arguments: [
    ("&a ", ""), ("!a ", ""), ("*a ", "a: &a 1\nb: "), ("\"", "a: "), ("'x' ", ""), ("\\x", "\""),
    ("a: ", ""), ("%", ""), ("---\n", ""), ("\t", "a:\n"), (",", "["), (":", "{"), ("}", ""),
  ])
  func refusesEndlessRepetition(_ unit: String, _ opening: String) {
    let reading = reading(repeating: unit, after: opening)
    #expect(reading.document == nil)
    #expect(reading.diagnostics.count == 1)
  }

  @Test(arguments: [("x", "a: "), ("ä", "a: '"), ("\n", "a: 1"), ("#", ""), (" ", "a: 1 ")])
  func readsOneLongScalarOrComment(_ unit: String, _ opening: String) {
    let reading = reading(repeating: unit, after: opening)
    // Only the quoted one is unclosed.
    #expect(
      reading.diagnostics.map(\.message.description)
        == (opening.hasSuffix("'") ? ["unterminated quoted string"] : []))
  }

  @Test func readsManyValuesAndFindsTheMistakeAtTheirEnd() throws {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(Self.size + 100)
    var number = 0
    while bytes.count < Self.size {
      bytes += Array("key\(number): [1, zwei, \"drei\"]\n".utf8)
      number += 1
    }
    bytes += Array("key7: again\n".utf8)
    let reading = Reading(bytes: bytes)
    #expect(try reading.complaint() == ("key \"key7\" is given twice", "key7"))
    let root = try #require(reading.document?.root)
    #expect(root.entries.reduce(0) { count, _ in count + 1 } == number + 1)
  }

  @Test func refusesAliasesThatMultiply() throws {
    var text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n"
    for level in 1..<40 {
      text +=
        "a\(level): &a\(level) ["
        + Array(repeating: "*a\(level - 1)", count: 10).joined(separator: ", ")
      text += "]\n"
    }
    #expect(try Reading(text).complaint().0 == "aliases stand for more than 100000 nodes")
  }

  @Test func followsAliasesUpToTheirBound() {
    let items = Array(repeating: "x", count: 999).joined(separator: ", ")
    let text = { (count: Int) in
      "a: &a [\(items)]\nb: [" + Array(repeating: "*a", count: count).joined(separator: ", ")
        + "]\n"
    }
    #expect(Reading(text(100)).diagnostics.isEmpty)
    #expect(Reading(text(101)).diagnostics.count == 1)
  }

  @Test func nestsUpToItsBound() {
    let text = { (depth: Int) in
      String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
    }
    #expect(Reading(text(64)).diagnostics.isEmpty)
    #expect(Reading(text(65)).diagnostics.count == 1)
    #expect(Reading(text(10_000)).diagnostics.count == 1)
  }
}
