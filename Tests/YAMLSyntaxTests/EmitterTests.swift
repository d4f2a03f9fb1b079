import Foundation
import TestSupport
import Testing
import YAMLSyntax

@Suite struct EmitterTests {
  static let nasty = [
    "", " ", "a", "a b", " a", "a ", "~", "null", "Null", "true", "TRUE", "yes", "Yes", "no", "on",
    "off",
    "y", "n", "1", "-1", "+1", "0777", "0o17", "0x1f", "0b1", "1_000", "12:30", "1.5", "1.", ".5",
    "1e3",
    ".inf", ".NaN", "2001-12-14", "2001-12-14 21:59:43", "<<", "=", "-", "- a", "?", "? a", ":",
    "a:",
    "a: b", "a:b", "#", "a #b", "a#b", "[", "[a]", "{", "{a: b}", "]", "}", ",", "&a", "*a", "!a",
    "!!str",
    "%", "%a", "@", "`", "|", ">", "'", "\"", "it's", "say \"hi\"", "back\\slash", "$HOME", "${X}",
    "\n",
    "a\n", "\na", "a\nb", "a\r\nb", "\t", "a\tb", "\u{0}", "\u{7}", "\u{1B}[31m", "\u{7F}",
    "\u{85}",
    "\u{A0}", "\u{2028}", "\u{2029}", "\u{FEFF}", "\u{FFFE}", "ä", "größe", "😀", "日本語", "e\u{301}",
    "---", "...", "--- a", "172.22.0.1", "172.22.0.0/24", "::1", "fd00:22::/64", "postgres:17",
    "./init",
    "/var/lib", "17.6.1", "1.2.3", "on.off", "a-", "-a", "C:\\temp", "!", "\\n", "\\", "x\u{0}y",
    String(repeating: "x ", count: 200),
  ]

  /// Random texts made of characters that have a meaning to some reader.
  static let random: [String] = {
    var random = SeededGenerator(seed: 11)
    let letters = Array(
      "abyn01.:-_#'\"\\ \n\t{}[],&*!|>%@`~?=<$/äé😀\u{85}\u{2028}\u{FEFF}".unicodeScalars)
    return (0..<1_500).map { _ in
      let count = Int.random(in: 0..<8, using: &random)
      let scalars = (0..<count).map { _ in letters.randomElement(using: &random) ?? "a" }
      return String(String.UnicodeScalarView(scalars))
    }
  }()

  private func document(_ text: String) -> YAMLValue {
    .mapping([
      .init("value", .string(text)), .init("list", .list([.string(text), .string(text)])),
      .init("below", .mapping([.init("x" + text, .string(text))])),
      .init("line", .line([.init("x" + text, .string(text))])),
    ])
  }

  @Test func writesTextsThatReadBackTheSame() throws {
    for text in Self.nasty + Self.random {
      let reading = Reading(document(text).text())
      // A NUL is written as an escape and, as everywhere, refused when read.
      guard !text.utf8.contains(0) else { continue }
      #expect(reading.diagnostics.isEmpty, "\(text.debugDescription)")
      let values = try #require(reading.document?.root).entries.map(\.value)
      try #require(values.count == 4)
      let below = try #require(Array(values[2].entries).first)
      let line = try #require(Array(values[3].entries).first)
      let scalars =
        [values[0].scalar, below.value.scalar, line.value.scalar] + values[1].items.map(\.scalar)
      for scalar in scalars {
        #expect(scalar?.kind == .string)
        #expect(scalar.map { Array($0.text.utf8) } == Array(text.utf8))
      }
      for key in [below.key, line.key] {
        #expect(key.scalar.map { Array($0.text.utf8) } == Array(("x" + text).utf8))
      }
    }
  }

  @Test(.enabled(if: PythonScript.isRunnable(importing: "yaml"), "PyYAML is not installed"))
  func writesTextsThatYAML11ReadsAlike() throws {
    let texts = (Self.nasty + Self.random)
    let documents = texts.map { document($0).text() }
    let program = """
      import json, sys, yaml
      print(json.dumps([yaml.safe_load(text) for text in json.load(sys.stdin)]))
      """
    let input = try JSONSerialization.data(withJSONObject: documents)
    let output = try JSONSerialization.jsonObject(with: PythonScript.run(program, input: input))
    let read = try #require(output as? [[String: Any]])
    try #require(read.count == texts.count)
    for (text, value) in zip(texts, read) {
      #expect(value["value"] as? String == text)
      #expect(value["list"] as? [String] == [text, text])
      #expect(value["below"] as? [String: String] == ["x" + text: text])
      #expect(value["line"] as? [String: String] == ["x" + text: text])
    }
  }

  @Test(arguments: [
    ("postgres", "postgres"), ("172.22.0.0/24", "172.22.0.0/24"), ("./init", "./init"),
    ("17.6", "\"17.6\""), ("on", "\"on\""), ("5432:5432", "\"5432:5432\""), ("", "\"\""),
  ])
  func quotesNoMoreThanItMust(_ text: String, _ written: String) {
    #expect(YAMLValue.mapping([.init("key", .string(text))]).text() == "key: \(written)\n")
  }

  @Test func writesCollectionsInTheirOrder() {
    let value = YAMLValue.mapping([
      .init("b", .integer(-3)), .init("a", .boolean(true)), .init("list", .list([])),
      .init("nested", .mapping([.init("z", .list([.integer(1), .boolean(false)]))])),
      .init("empty", .mapping([])), .init("line", .line([.init("x", .integer(1))])),
      .init("items", .list([.mapping([.init("key", .string("on"))])])),
    ])
    #expect(
      value.text()
        == "b: -3\na: true\nlist: []\nnested:\n  z: [1, false]\nempty: {}\nline: {x: 1}\n"
        + "items:\n- key: \"on\"\n")
  }
}
