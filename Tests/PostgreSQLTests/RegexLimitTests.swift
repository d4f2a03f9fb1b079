import IPAddressing
import Testing

@testable import PostgreSQL

/// Regular expressions that would overflow the stack or take for ever, if they were parsed
/// or matched as they are written. The sentences are those of servers of 17 and 18. These
/// tests end at once, or they crash or never end.
@Suite struct RegexLimitTests {
  private static func nested(_ start: String, _ depth: Int, _ end: String = ")") -> String {
    String(repeating: start, count: depth) + "a" + String(repeating: end, count: depth)
  }

  /// What may be nested, and what may close it.
  static let nestings = [
    ("(", ")"), ("(?:", ")"), ("(?=", ")"), ("(?!", ")"), ("(?<=", ")"), ("(?<!", ")"),
    ("(a|", ")"), ("(", ")*"), ("(?:", "){2}"), ("(?:a", ")?"), ("((?=", "))+"),
  ]

  /// A server asks before each group whether its stack has room for it, before it sees that
  /// something is wrong behind it.
  @Test(arguments: nestings)
  func refusesWhatIsNestedTooDeep(_ start: String, _ end: String) {
    for depth in [9_000, 40_000] {
      for text in [Self.nested(start, depth, end), String(repeating: start, count: depth)] {
        #expect(throws: RegexLexer.ParseError.tooComplex) { try HBAPattern(text) }
      }
    }
  }

  @Test(arguments: nestings)
  func answersForWhatIsNestedDeep(_ start: String, _ end: String) throws {
    // Servers accept it; of what grows with each level, there must be less than they accept.
    _ = try? HBAPattern(Self.nested(start, 4_000, end)).matches("aaa")
    #expect(throws: RegexLexer.ParseError.parentheses) {
      try HBAPattern(String(repeating: start, count: 4_000))
    }
  }

  @Test func acceptsWhatServersAccept() throws {
    for depth in [1, 100, 8_000] {
      #expect(try HBAPattern(Self.nested("(?:", depth)).matches("a") == true)
      #expect(try HBAPattern(Self.nested("(?=", depth)).matches("b") == false)
    }
    #expect(try HBAPattern(String(repeating: "a", count: 43_000)).matches("a") == false)
    #expect(try HBAPattern("(a{255}){160}").matches("a") == false)
    #expect(try HBAPattern("^(?:a{255}|b){0,255}$").matches("bb") == true)
    #expect(try HBAPattern("((a{255}){255}){0}").matches("a") == true)
    #expect(try HBAPattern(String(repeating: "a?", count: 1543)).matches("a") == true)
    #expect(throws: Never.self) { try HBAPattern(String(repeating: "a+", count: 5000)) }
    #expect(try HBAPattern(String(repeating: "a{0,255}", count: 8)).matches("a") == true)
    #expect(try HBAPattern("(a*){255}").matches("a") == true)
  }

  @Test(arguments: [
    "^(((a?){255}){255}){255}$", "((a){255}){255}", "(a{255}){180}", "(?:a{255}){180,}",
    "(?:(?:a{255}){173}){0,1}", "(?:(?:a{255}){173})*", "x(?=(a{255}){180})",
    "((((a{255}){255}){255}){255}){255}|b", "((a{0,255}){0,255}){0,255}$",
    "(?:a{0,255}){0,255}", "(?:a{0,255}){173}", "((a?){255}){255}", "x(?!((a?){255}){10})",
  ])
  func refusesBoundsThatMultiplyTooFar(_ pattern: String) {
    #expect(throws: RegexLexer.ParseError.tooComplex) { try HBAPattern(pattern) }
  }

  @Test(arguments: ["a", ".", "[ab]", #"\d"#, "a?", "a*", "a+", "^", #"\y"#, "(?:a|b)", "(?=a)"])
  func refusesWhatIsTooLong(_ part: String) {
    let text = String(repeating: part, count: 44_200)
    #expect(throws: RegexLexer.ParseError.tooComplex) { try HBAPattern(text) }
    // But a server sees first what is wrong at its end.
    #expect(throws: RegexLexer.ParseError.parentheses) { try HBAPattern(text + ")") }
  }

  @Test func refusesALongLiteral() {
    let text = String(repeating: "a", count: 44_200)
    #expect(throws: RegexLexer.ParseError.tooComplex) { try HBAPattern("***=" + text) }
    #expect(throws: RegexLexer.ParseError.tooComplex) { try HBAPattern("(?q)" + text) }
  }

  @Test func readsAnyNumberOfComments() throws {
    let comments = String(repeating: "(?#x)", count: 100_000)
    #expect(try HBAPattern(comments + "^ab$" + comments).matches("ab") == true)
  }

  private static let longName = String(repeating: "a", count: 60)

  /// A lookaround is the same at each place, whoever asks.
  @Test(arguments: ["(?=.*", "(?!.*", "(?<=.*", "(?<!.*", "(?:.*", "(?=(?:.*"])
  func looksAroundInsideLookarounds(_ start: String) throws {
    let end = String(repeating: ")", count: start.count { $0 == "(" })
    let pattern = Self.nested(start, 300, end)
    #expect(try HBAPattern(pattern).matches(Self.longName) != nil)
  }

  /// Servers take more than half a minute for some of these.
  @Test(arguments: [
    ("^((a?){255}){4}$", true), ("^((a*){255}){4}$", true), ("^(((a?){12}){12}){12}$", true),
    ("^(((a?){12}){12}){12}b$", false), ("^(((a*)*)*)*b$", false), ("^((a|aa)+)+$", true),
    ("^((((.{0,2}){0,4}){0,4}){0,4}){0,4}b$", false), ("^((a{2}){3}){10}$", true),
    ("^((a{2}){3}){11}$", false), ("^(?:a{1,3}){20,60}$", true), ("^(?:a{1,3}){61,}$", false),
    ("^(?:a{4}){15}$", true), ("^(?:a{4}){1,14}$", false), ("^(?:a{7}){2,}$", false),
  ])
  func multipliesBounds(_ pattern: String, _ isMatch: Bool) throws {
    #expect(try HBAPattern(pattern).matches(Self.longName) == isMatch)
  }

  /// Rather than to take as long as it takes.
  @Test func leavesWhatIsTooMuchWorkToTheServer() throws {
    let alternatives = Array(repeating: "((.{1,9}){1,254})", count: 2_000)
    let pattern = alternatives.joined(separator: "|")
    #expect(try HBAPattern(pattern).matches(Self.longName) == nil)
    let record = HBARecord(
      connectionType: .host, databases: [.keyword(.all)], users: [.regex(pattern)],
      address: .all, method: .md5)
    let connection = HBAConnection(
      type: .tcp(address: try IPAddress("10.0.0.1"), tls: false), target: .database("a"),
      user: Self.longName)
    #expect(record.match(connection) == .unknown(.regex(pattern)))
  }

  @Test func leavesNamesThatNoServerHasToTheServer() throws {
    let name = String(repeating: "a", count: 63)
    #expect(try HBAPattern("^a{63}$").matches(name) == true)
    #expect(try HBAPattern("^a{63}$").matches(name + "a") == nil)
  }
}
