import Diagnostics
import Foundation
import SourceText
import Testing
import YAMLSyntax

@Suite struct RefusalTests {
  @Test(
    arguments: [
      // A lead byte without its continuation, also at the end of the file.
      [0xC3], [0xC3, 0x28], [0xE2, 0x82], [0xE2, 0x28, 0xA1], [0xF0, 0x9F, 0x98],
      [0xF0, 0x28, 0x8C, 0xBC],
      // A continuation without its lead byte, and bytes that never occur.
      [0x80], [0xBF], [0xFE], [0xFF], [0xF8, 0x88, 0x80, 0x80, 0x80],
      // Overlong forms, surrogates, values beyond the last code point.
      [0xC0, 0xAF], [0xC1, 0xBF], [0xE0, 0x80, 0xAF], [0xF0, 0x80, 0x80, 0xAF], [0xED, 0xA0, 0x80],
      [0xED, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
    ] as [[UInt8]])
  func refusesWhatIsNotUTF8AtItsFirstByte(_ bad: [UInt8]) throws {
    let before = Array("# ä\na: ".utf8)
    let reading = Reading(bytes: before + bad + (bad.count > 2 ? Array(" b\n".utf8) : []))
    #expect(reading.document == nil)
    let diagnostic = try #require(reading.diagnostics.first)
    #expect(diagnostic.message.description == "invalid byte sequence for encoding UTF-8")
    #expect(diagnostic.range.offsets == before.count..<before.count + 1)
    #expect(reading.diagnostics.count == 1)
  }

  @Test(
    arguments: [
      [0xFF, 0xFE, 0x61, 0x00], [0xFE, 0xFF, 0x00, 0x61], [0x61, 0x00, 0x3A, 0x00],
      [0x00, 0x61, 0x00, 0x3A],
    ] as [[UInt8]])
  func recognizesUTF16(_ bytes: [UInt8]) throws {
    #expect(try Reading(bytes: bytes).complaint().0 == "the file is encoded in UTF-16")
  }

  @Test(arguments: [0x01, 0x07, 0x08, 0x0B, 0x0C, 0x1B, 0x7F, 0x80, 0x9F, 0xFFFE, 0xFFFF, 0xFEFF])
  func refusesControlCharacters(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    let (message, place) = try Reading("a: x\(scalar)y").complaint()
    #expect(message.hasPrefix("control character U+"))
    #expect(place == String(scalar))
  }

  /// libyaml would fold it into a blank, in a password without a word.
  @Test(arguments: [0x85, 0x2028, 0x2029], ["a: 'x@y'", "a: \"@\"", "a: x # @ b: 2", "a: |\n  @"])
  func refusesWhatReadersDoNotAgreeToBeALineBreak(_ value: UInt32, _ text: String) throws {
    let scalar = String(try #require(Unicode.Scalar(value)))
    let (message, place) = try Reading(text.replacing("@", with: scalar)).complaint()
    #expect(message.hasSuffix("is a line break to some readers of YAML and not to others"))
    #expect(place == scalar)
    let escape = "\\u" + String(value + 0x10000, radix: 16).dropFirst()
    #expect(Reading("a: \"x\(escape)y\"").diagnostics.isEmpty)
  }

  @Test(arguments: [0x09, 0xA0, 0xD7FF, 0xE000, 0xFFFD, 0x10000, 0x10FFFF])
  func readsEveryOtherCharacter(_ value: UInt32) throws {
    let scalar = try #require(Unicode.Scalar(value))
    #expect(Reading("a: 'x\(scalar)y'").diagnostics.isEmpty)
  }

  @Test func refusesNUL() throws {
    let (message, place) = try Reading("abc: x\0y").complaint()
    #expect(message == "the file contains a NUL byte")
    #expect(place == "\0")
    #expect(
      try Reading("a: \"x\\0y\"").complaint() == ("the value contains a NUL character", "\"x\\0y\"")
    )
  }

  @Test(arguments: [
    ("a:\n\tb: 1\n", "a tab cannot indent YAML", "\t"),
    ("a: \"x\nb: 1\n", "unterminated quoted string", "\""),
    ("a: 'x", "unterminated quoted string", "'"),
    ("a: 1\nname:shop\nb: 1\n", "could not find expected ':'", "n"),
    ("a: [1, 2\nb: 3\n", "did not find expected ',' or ']'", ":"),
    ("a: b: c\n", "mapping values are not allowed in this context", ":"),
    ("a: 1\n---\nb: 2\n", "the file holds more than one document", "---"),
    ("a: *b\n", "anchor \"b\" does not exist", "*b"),
    ("a: &b [*b]\n", "anchor \"b\" contains itself", "*b"),
    ("a: !!int 1\n", "tag \"tag:yaml.org,2002:int\" is not supported", "!!int 1"),
    ("a: !x [1]\n", "tag \"!x\" is not supported", "!x ["),
    ("[a]: 1\n", "a key must be a single word, not a collection", "[a]"),
    ("? {a: b}\n: 1\n", "a key must be a single word, not a collection", "{a: b}"),
    ("a: {<<: 1}\n", "merge keys are not supported", "<<"),
    ("a: 1\nb: 2\na: 3\n", "key \"a\" is given twice", "a"),
    ("a: 1\n'a': 2\n", "key \"a\" is given twice", "'a'"),
    ("a: %x\n", "found character that cannot start any token", "%"),
    ("a: \"\\y\"\n", "found unknown escape character", "\\"),
    ("{", "did not find expected node content", ""),
  ])
  func pointsAtTheMistake(_ text: String, _ message: String, _ place: String) throws {
    for (reading, name) in [
      (Reading(text), "as is"), (Reading("\u{FEFF}# ä€😀\n" + text), "after ä€😀"),
    ] {
      #expect(try reading.complaint() == (message, place), "\(name)")
    }
    let crlf = Reading(text.replacing("\n", with: "\r\n"))
    #expect(try crlf.complaint() == (message, place))
  }

  @Test func takesAQuotedMergeKeyForAName() {
    #expect(Reading("a: {'<<': 1}\n").diagnostics.isEmpty)
  }

  @Test func showsWhereADuplicateKeyStoodFirst() throws {
    let many = (0..<40).map { "k\($0): 1\n" }.joined()
    for text in ["k3: 1\nk: 2\nk3: 3\n", many + "k3: 1\n"] {
      let diagnostic = try #require(Reading(text).diagnostics.first)
      let first = try #require(text.range(of: "k3"))
      let offset = text.utf8.distance(from: text.startIndex, to: first.lowerBound)
      #expect(diagnostic.notes.map(\.range.offsets) == [offset..<offset + 2])
    }
  }

  @Test func reportsEveryDuplicateKeyAndReturnsTheDocument() {
    let reading = Reading("a: 1\na: 2\nb: {c: 1, c: 2}\na: 3\n")
    #expect(reading.diagnostics.map(\.id) == ["duplicate-key", "duplicate-key", "duplicate-key"])
    #expect(reading.document != nil)
  }

  @Test func holdsNothingInAnEmptyFile() {
    for text in [
      "", "\n\n", "# only a comment\n", "\u{FEFF}",
      "# x",
    ] {
      let reading = Reading(text)
      #expect(reading.diagnostics.isEmpty)
      #expect(reading.document != nil && reading.document?.root == nil)
    }
  }
}
