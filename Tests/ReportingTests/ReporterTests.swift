import Diagnostics
import Foundation
import Reporting
import TestSupport
import Testing

/// Laws that hold for every format.
@Suite struct ReporterTests {
  @Test func everyReporterHasAFileNamedAfterIt() {
    let folder = Repository.root.appending(path: "Sources/Reporting/Reporters")
    let files = Repository.files(below: folder).map { $0.lowercased() }
    #expect(files == Reporter.all.map { "\($0.id).swift" })
  }

  /// No path, message or fix can control a terminal.
  @Test(arguments: Reporter.all.map(\.id), ["\u{1B}[2J", "\u{9B}2J", "\u{202E}", "\u{7F}", "\0"])
  func controlCharactersDoNothing(id: String, control: String) throws {
    let reported = Reported("▸a◂: \(control)\n", path: "a\(control)b.yml")
    let diagnostic = Diagnostic(
      "some-rule", .error, "bad \(name: control)", at: reported.ranges[0],
      notes: [.init("note \(value: control)", at: reported.ranges[0])],
      hint: "Not \(text: control).",
      fixes: [Fix("Write \(value: control).", .safe, replacing: reported.ranges[0], with: control)])
    let reporter = try #require(Reporter.all.first { $0.id == id })
    let text = reporter.render(Report([diagnostic], files: [reported.file]), .plain)
    #expect(text.contains("bad "))
    #expect(!text.unicodeScalars.contains(try #require(control.unicodeScalars.first)))
  }

  @Test(arguments: Reporter.all.map(\.id))
  func aFixThatRewritesAPasswordIsNotShown(id: String) throws {
    let reported = Reported("password: {literal: ▸12345◂}\nip: ▸1◂\n")
    let fix = Fix(
      "Write \(value: "12345").", .safe, replacing: reported.ranges[0], with: "\"12345\"")
    let diagnostic = Diagnostic(
      "some-rule", .error, "found \(value: "12345")", at: reported.ranges[0], fixes: [fix])
    let reporter = try #require(Reporter.all.first { $0.id == id })
    let report = Report([diagnostic], files: [reported.file])
    #expect(reporter.render(report, .plain).contains("some-rule"))
    #expect(!reporter.render(report, .plain).contains("12345"))
  }

  @Test func jsonWritesUnicodeAsItIsAndControlsAsEscapes() {
    #expect(JSONText.of(["é/😀\u{85}\u{1}\"\\"]) == "[\n  \"é/😀\\u0085\\u0001\\\"\\\\\"\n]\n")
  }

  @Test func fixesStandBelowTheHint() {
    let reported = Reported("subnet: ▸10.0.0.1/8◂\n")
    let diagnostic = Diagnostic(
      "some-rule", .error, "bad", at: reported.ranges[0], hint: "Do it.",
      fixes: [
        Fix("Write \"10.0.0.0/8\".", .safe, replacing: reported.ranges[0], with: "10.0.0.0/8"),
        Fix("Remove it.", .unsafe, replacing: reported.ranges[0], with: ""),
      ])
    #expect(
      reported.text(of: diagnostic).hasSuffix(
        "\nhint: Do it.\nfix (safe): Write \"10.0.0.0/8\".\nfix (unsafe): Remove it.\n"))
  }

  @Test func aNameStaysWhenLinesMove() throws {
    let first = Reported("▸a◂ ▸b◂\n")
    let moved = Reported("\n\n▸a◂    ▸b◂\n")
    let keys = [first, moved].map { reported in
      let report = Report(
        [reported.diagnostic(), reported.diagnostic(at: 1)], files: [reported.file])
      return Reporter.gitlab.render(report, .plain).matches(of: /"fingerprint" : "(\w+)"/)
        .map(\.output.1)
    }
    #expect(keys[0] == keys[1])
    #expect(Set(keys[0]).count == 2)
  }
}
