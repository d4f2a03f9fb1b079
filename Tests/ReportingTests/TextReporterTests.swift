import Diagnostics
import Reporting
import Testing

@Suite struct TextReporterTests {
  @Test func showsTheLineTheCaretTheNotesAndTheHint() {
    let reported = Reported("alpha:\n  role: ▸primary◂\nbeta:\n  role: ▸primary◂\n")
    let diagnostic = reported.diagnostic(
      "node \"beta\" is a second primary", id: "multiple-primaries",
      notes: [.init("the first primary is declared here", at: reported.ranges[0])],
      hint: "Make \"beta\" a replica of \"alpha\".", at: 1)
    #expect(
      reported.text(of: diagnostic) == """
        topology.yml:4:9: error: node "beta" is a second primary [multiple-primaries]
         4 |   role: primary
           |         ^~~~~~~
        topology.yml:2:9: note: the first primary is declared here
         2 |   role: primary
           |         ^~~~~~~
        hint: Make "beta" a replica of "alpha".

        """)
  }

  @Test func putsABlankLineBetweenDiagnostics() {
    let reported = Reported("▸a◂: 1\n▸b◂: 2\n")
    let text = reported.text(
      of: reported.diagnostic(at: 1), reported.diagnostic("a", .warning, at: 0))
    #expect(
      text == """
        topology.yml:1:1: warning: a [some-rule]
         1 | a: 1
           | ^

        topology.yml:2:1: error: something is wrong [some-rule]
         2 | b: 2
           | ^

        """)
  }

  @Test func alignsTheLineNumbersOfOneDiagnostic() {
    let reported = Reported("▸a◂\n" + String(repeating: "\n", count: 9) + "▸b◂\n")
    let text = reported.text(
      of: reported.diagnostic(notes: [.init("here", at: reported.ranges[1])]))
    #expect(text.contains("\n  1 | a\n    | ^\n"))
    #expect(text.contains("\n 11 | b\n    | ^\n"))
  }

  @Test func quotesANoteFromItsOwnFile() {
    let first = Reported("▸a: 1◂\n", path: "a.yml")
    let second = Reported("x\n▸b: 2◂\n", path: "b.yml", index: 1)
    let diagnostic = first.diagnostic(notes: [.init("there", at: second.ranges[0])])
    let report = Report([diagnostic], files: [first.file, second.file])
    #expect(
      Reporter.text.render(report, .plain).contains(
        "b.yml:2:1: note: there\n 2 | b: 2\n   | ^~~~\n"))
  }

  @Test func clipsARangeToItsFirstLine() {
    #expect(Reported("k: ▸a\n  b◂\n").excerpt == [" 1 | k: a", "   |    ^"])
  }

  @Test func pointsAtTheEndOfAFile() {
    #expect(Reported("a:\n▸◂").excerpt == [" 2 |", "   | ^"])
    #expect(Reported("▸◂").excerpt == [" 1 |", "   | ^"])
    #expect(Reported("ab▸◂").excerpt == [" 1 | ab", "   |   ^"])
  }

  @Test func leavesLineBreaksAndTheByteOrderMarkOut() {
    #expect(Reported("\u{FEFF}a: ▸b◂\r\nc\r\n").excerpt == [" 1 | a: b", "   |    ^"])
  }

  @Test func coloursOnlyWhenTold() {
    let reported = Reported("▸a◂\n")
    let diagnostic = reported.diagnostic(hint: "Do it.")
    #expect(!reported.text(of: diagnostic).contains("\u{1B}"))
    let coloured = reported.text(of: diagnostic, style: Style(color: true))
    #expect(coloured.contains("\u{1B}[1;31merror:\u{1B}[0m"))
    var plain = coloured
    for code in ["1", "1;31", "2", "34", "1;32", "1;36", "0"] {
      plain = plain.split(separator: "\u{1B}[\(code)m", omittingEmptySubsequences: false).joined()
    }
    #expect(plain == reported.text(of: diagnostic))
  }

  @Test func saysNothingAboutNothing() {
    for reporter in [Reporter.text, .concise, .github] {
      #expect(reporter.render(Report([], files: []), Style(color: true)) == "")
    }
  }
}
