import Diagnostics
import Reporting
import SourceText
import Testing

/// No report prints a password, however it is written.
@Suite struct SecretTests {
  /// A `|` stands for a line break; the tests look at the excerpt of the line with the password.
  @Test(arguments: [
    "password: {literal: hunter2}", "password: {literal: 'hunter2'}",
    "password: {literal: \"hunter2\"}", "password: {\"literal\": \"hunter2\"}",
    "password: {\"literal\":\"hunter2\"}", "password: {'literal' : hunter2 , x: 1}",
    "  literal: hunter2", "  literal: x hunter2 # why", "  literal:hunter2", "- literal: hunter2",
    "literal: 'it''s hunter2'", "literal: \"a\\\"hunter2\"", "{literal: \"a\\\", hunter2\"}",
    "{literal: 'it''s, hunter2'}", "literal: !!str hunter2",
    "literal: &name hunter2", "literal: &name 'hunter2'", "literal: \"x\" hunter2",
    "literal: 'hunter2", "literal: \"hunter2", "literal: {hunter2}", "literal: [hunter2]",
    "literal: |-\n  hunter2", "literal: >\n\n  x\n  hunter2", "literal:\n  hunter2",
    "literal:\n\n    'hunter2'", "literal: x\n  hunter2", "literal: \"x\n  hunter2\"",
    "- literal: |\n    hunter2", "? literal\n: hunter2", "{literal: [x, hunter2]}",
    "litteral: hunter2", "Literal: hunter2", "passwd: hunter2", "password: hunter2",
    "pasword: hunter2", "postgres_password: hunter2", "POSTGRES_PASSWORD: hunter2",
    "password: {litral: hunter2}", "password:\n  hunter2", "# literal: hunter2",
    "primary_conninfo: host=x password=hunter2", "options: {ldapbindpasswd: hunter2}",
    "url: postgres://u:hunter2@h/d", "primary_conninfo = 'postgresql://u:hunter2@h'",
    "url: \"postgres://u:x@hunter2@h/d\"", "url: postgres://:x/hunter2@h",
    "literal:日本 hunter2", "literal:\thunter2", "\"literal\": hunter2", "password: *hunter2",
  ])
  func hidesAPassword(yaml: String) {
    for text in [
      yaml,
      yaml.split(separator: "\n", omittingEmptySubsequences: false)
        .joined(separator: "\r\n"),
    ] {
      let file = SourceFile(path: "t.yml", text: text + "\n")
      for offset in 0..<text.utf8.count {
        let diagnostic = Diagnostic(
          "r", .error, "m",
          at: SourceRange(offset..<text.utf8.count, in: file.id))
        let report = Report([diagnostic], files: [file])
        let shown = Reporter.text.render(report, .plain)
        #expect(!shown.contains("hunter2"), "\(shown)")
      }
    }
  }

  @Test(arguments: [
    "password: {env: POSTGRES_PASSWORD}", "password: {file: secrets/repuser}", "password:",
    "{type: host, method: password}", "password_encryption: scram-sha-256", "interval: 2s",
    "url: postgres://u@h:5432/d",
    "# a comment, literally", "name: literal", "liter: 3", "archive_command: 'cp %p /a/%f'",
  ])
  func leavesTheRestAlone(yaml: String) {
    #expect(Reported("▸" + yaml + "◂").excerpt[0] == " 1 | " + yaml)
  }

  @Test func keepsTheCaretBelowTheMask() {
    #expect(
      Reported("p: {literal: ▸hunter2◂, x: 1}").excerpt == [
        " 1 | p: {literal: ***, x: 1}", "   |              ^~~",
      ])
    #expect(
      Reported("p: {literal: hunter2, ▸x◂: 1}").excerpt == [
        " 1 | p: {literal: ***, x: 1}", "   |                   ^",
      ])
  }

  @Test func goesOnAfterTheValue() {
    #expect(Reported("literal: |\n  x\n▸name: demo◂\n").excerpt[0] == " 3 | name: demo")
    #expect(
      Reported("password:\n  literal: x\n  ▸env: Y◂\n").excerpt[0] == " 3 |   env: Y")
  }

  @Test func hidesAPasswordThatAMessageQuotes() {
    let reported = Reported("password: {literal: ▸12345◂}")
    let text = reported.text(
      of: reported.diagnostic(
        "found \(value: "12345")", hint: "Write \(value: "12345"), with the quotes."))
    #expect(!text.contains("12345"))
    #expect(text.contains("hint: Write \"***\", with the quotes."))
  }

  @Test func endsOnAFileOfNothingButColons() {
    let text = String(repeating: "literal:\n\"\":password: ", count: 20_000)
    let file = SourceFile(path: "t.yml", text: text)
    let report = Report(
      [Diagnostic("r", .error, "m", at: SourceRange(0..<1, in: file.id))], files: [file])
    #expect(Reporter.concise.render(report, .plain) == "t.yml:1:1: error: m [r]\n")
  }
}
