import Diagnostics
import Reporting
import SourceText
import Testing

/// The caret is below the right text, whatever the line contains.
@Suite struct ExcerptTests {
  @Test func showsATabAsOneSpace() {
    #expect(Reported("\ta:\t▸b◂").excerpt == [" 1 |  a: b", "   |     ^"])
  }

  @Test func writesControlCharactersAsEscapes() {
    #expect(Reported("a\u{1B}[31m▸b◂").excerpt == [" 1 | a\\x1B[31mb", "   |          ^"])
    #expect(Reported("a\0▸b◂").excerpt == [" 1 | a\\x00b", "   |      ^"])
    #expect(Reported("\u{85}▸b◂").excerpt == [" 1 | \\u{85}b", "   |       ^"])
  }

  @Test func showsWhatWouldReorderTheLine() {
    #expect(Reported("a\u{202E}▸b◂").excerpt == [" 1 | a\\u{202E}b", "   |          ^"])
    #expect(Reported("a\u{2066}▸b◂").excerpt == [" 1 | a\\u{2066}b", "   |          ^"])
  }

  @Test func writesBytesThatAreNotUTF8AsEscapes() {
    let file = SourceFile(path: "t.yml", bytes: [0x61, 0xE9, 0x62])
    let diagnostic = Diagnostic(
      "invalid-encoding", .error, "bad", at: SourceRange(1..<2, in: file.id))
    let text = Reporter.text.render(Report([diagnostic], files: [file]), .plain)
    #expect(text.contains("\n 1 | a\\xE9b\n   |  ^~~~\n"))
  }

  @Test(arguments: [
    ("日本: ▸b◂", 6), ("日: ▸b◂", 4), ("é: ▸b◂", 3), ("e\u{301}: ▸b◂", 3), ("😀: ▸b◂", 4),
    ("👨‍👩‍👧: ▸b◂", 4), ("👍🏽: ▸b◂", 4), ("🇩🇪: ▸b◂", 4), ("❤️: ▸b◂", 4), ("한: ▸b◂", 4),
    ("ｗ: ▸b◂", 4),
  ])
  func countsTheColumnsOfATerminal(line: String, column: Int) {
    #expect(Reported(line).excerpt[1] == "   | " + String(repeating: " ", count: column) + "^")
  }

  @Test func underlinesWideCharactersWhole() {
    #expect(Reported("▸日本◂: x").excerpt[1] == "   | ^~~~")
  }

  @Test func showsAWindowOfALongLine() {
    let reported = Reported(
      String(repeating: "a", count: 500) + "▸bbb◂" + String(repeating: "c", count: 500))
    let lines = reported.excerpt
    #expect(lines[0].hasPrefix(" 1 | …aaa") && lines[0].hasSuffix("ccc…"))
    #expect(lines[0].count == 5 + 160)
    let caret = Array(lines[1]).firstIndex(of: "^")
    #expect(caret == Array(lines[0]).firstIndex(of: "b"))
    #expect(lines[1].hasSuffix("^~~"))
  }

  @Test func showsTheStartAndTheEndOfALongLineUncut() {
    let start = Reported("▸b◂" + String(repeating: "a", count: 500)).excerpt
    #expect(start[0].hasPrefix(" 1 | baa") && start[0].hasSuffix("a…"))
    #expect(start[1] == "   | ^")
    let end = Reported(String(repeating: "a", count: 500) + "▸b◂").excerpt
    #expect(end[0].hasPrefix(" 1 | …a") && end[0].hasSuffix("ab"))
    #expect(Array(end[1]).count == Array(end[0]).count)
  }

  /// Only what is around the range is looked at, and it looks the same as in a shorter line.
  @Test(arguments: ["a", "日", "e\u{301}", "\t", "\u{1B}", "👍🏽", "🇩🇪"])
  func showsTheSameOfALongerLine(filling: String) {
    func excerpt(_ before: Int, _ after: Int) -> [String] {
      Reported(
        String(repeating: filling, count: before) + "▸bbb◂"
          + String(repeating: filling, count: after)
      ).excerpt
    }
    let window = excerpt(500, 500)
    #expect(window[0].hasPrefix(" 1 | …") && window[0].hasSuffix("…"))
    #expect(excerpt(20_000, 500) == window)
    #expect(excerpt(500, 20_000) == window)
    #expect(excerpt(0, 20_000) == excerpt(0, 500))
    #expect(excerpt(20_000, 0) == excerpt(500, 0))
  }

  @Test func neverShowsMoreThanAWindowOfInvisibleCharacters() {
    let marks = String(repeating: "\u{301}", count: 100_000)
    let lines = Reported("a\(marks)b▸c◂d\(marks)").excerpt
    #expect(lines[0].contains("bc") && lines[0].utf8.count < 50_000)
    let caret = Array(lines[1]).firstIndex(of: "^")
    #expect(caret == Array(lines[0]).firstIndex(of: "c"))
  }

  @Test func masksALongSecretBesideTheRangeAndUnderIt() {
    let secret = String(repeating: "hunter2-", count: 2_000)
    let beside = Reported("{password: \(secret), ▸b◂: 1, pass: \(secret)}").excerpt
    #expect(beside[0] == " 1 | {password: ***, b: 1, pass: ***}")
    #expect(beside[1] == "   |                 ^")
    let under = Reported("{password: ▸\(secret)◂, b: c}").excerpt
    #expect(under == [" 1 | {password: ***, b: c}", "   |            ^~~"])
  }

  @Test func keepsTheCaretInsideTheWindow() {
    let lines = Reported("▸" + String(repeating: "b", count: 500) + "◂").excerpt
    #expect(lines[1].count <= lines[0].count)
  }

  @Test func escapesWhatMessagesAndPathsHold() {
    let reported = Reported("▸a◂", path: "a\u{1B}b.yml")
    let text = reported.text(
      of: reported.diagnostic("bad \(name: "\n")", hint: "Not \(text: "\u{7}")."))
    #expect(text.hasPrefix("a\\x1Bb.yml:1:1: error: bad \"\\x0A\" [some-rule]\n"))
    #expect(text.hasSuffix("hint: Not \\x07.\n"))
  }
}
