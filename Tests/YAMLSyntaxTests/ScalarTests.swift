import Testing
import YAMLSyntax

@Suite struct ScalarTests {
  private func kind(_ text: String) -> YAMLScalar.Kind {
    YAMLScalar(text: text, isPlain: true).kind
  }

  @Test(arguments: ["", "~", "null", "Null", "NULL"])
  func readsNull(_ text: String) { #expect(kind(text) == .null) }

  @Test(arguments: [
    ("true", true), ("True", true), ("TRUE", true), ("false", false), ("False", false),
    ("FALSE", false),
  ])
  func readsBooleans(_ text: String, _ value: Bool) {
    let scalar = YAMLScalar(text: text, isPlain: true)
    #expect(scalar.kind == .boolean)
    #expect(scalar.boolean == value)
  }

  @Test(arguments: [
    ("0", 0), ("-0", 0), ("42", 42), ("-7", -7), ("+7", 7), ("0777", 777), ("0o17", 15),
    ("0x1F", 31), ("0xff", 255), ("9223372036854775807", Int.max),
  ])
  func readsIntegers(_ text: String, _ value: Int) {
    let scalar = YAMLScalar(text: text, isPlain: true)
    #expect(scalar.kind == .integer)
    #expect(scalar.integer == value)
  }

  @Test func knowsAnIntegerThatNoMachineHolds() {
    let scalar = YAMLScalar(text: "9223372036854775808", isPlain: true)
    #expect(scalar.kind == .integer)
    #expect(scalar.integer == nil)
  }

  @Test(arguments: [
    "1.0", "-1.5", "+.5", "1.", "1e3", "1E-3", "12e+03", "0.1e1", ".inf", "-.Inf", "+.INF", ".nan",
    ".NaN", "17.6",
  ])
  func readsReals(_ text: String) { #expect(kind(text) == .real) }

  /// Words that YAML 1.1 takes for something else, and texts that only look like a number.
  @Test(arguments: [
    "yes", "no", "on", "off", "y", "nULL", "tRUE", "1_000", "12:30", "0b11", "0x", "0o", "0o8",
    "0xg", "-0x1", "+0o7", ".", "-", "+", "-.", "e3", "1e", "1e+", ".e1", "1.2.3", "172.22.0.1",
    "inf",
    ".infinity", "nan", "0x１", "0xＡ", "0o1\u{301}", "1\u{301}", "٣", "=", "<<", "2001-12-14", " 1",
  ])
  func readsTheRestAsText(_ text: String) { #expect(kind(text) == .string) }

  @Test(arguments: ["1", "true", "", "null", "1.5"])
  func readsQuotedScalarsAsText(_ text: String) {
    let scalar = YAMLScalar(text: text, isPlain: false)
    #expect(scalar.kind == .string)
    #expect(scalar.boolean == nil && scalar.integer == nil)
  }

  @Test(arguments: [
    ("a: '1'", "1"), ("a: \"1\"", "1"), ("a: |\n  1\n", "1\n"), ("a: !!str 1", "1"),
  ])
  func takesQuotesBlocksAndTagsForQuotes(_ text: String, _ value: String) throws {
    let root = try #require(Reading(text).document?.root)
    let scalar = try #require(Array(root.entries).first?.value.scalar)
    #expect(scalar == YAMLScalar(text: value, isPlain: false))
  }
}
