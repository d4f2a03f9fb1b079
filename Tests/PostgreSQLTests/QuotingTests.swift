import Testing

@testable import PostgreSQL

/// Accepted or refused without quotes, as recorded from servers.
@Test(arguments: [
  "16", "-1", "256MB", "10s", "0.9", "on", "replica", "scram-sha-256", "hot_standby", "_x",
])
func leavesASettingBareThatTheLexerTakesWhole(value: String) {
  #expect(Quoting.settingValue(value) == value)
}

@Test(arguments: [
  ("", "''"),
  ("*", "'*'"),
  ("/bin/date", "'/bin/date'"),
  ("server.crt", "'server.crt'"),
  ("127.0.0.1", "'127.0.0.1'"),
  ("1.5GB", "'1.5GB'"),
  ("1e3", "'1e3'"),
  ("8 MB", "'8 MB'"),
  ("25%", "'25%'"),
  ("-", "'-'"),
  ("1.", "'1.'"),
  ("a'b", "'a''b'"),
  (#"a\b"#, #"'a\\b'"#),
  ("a\nb\r\nc", #"'a\nb\r\nc'"#),
  ("a # b", "'a # b'"),
  ("zoë", "'zoë'"),
  ("'\u{301}", "'''\u{301}'"),
])
func quotesASettingThatTheLexerWouldSplit(value: String, quoted: String) {
  #expect(Quoting.settingValue(value) == quoted)
}

@Test func writesSettingsThatTheServerReadsBack() {
  for value in nastyTexts + nastyTexts.map({ $0 + "\r\n" + $0 }) {
    let quoted = Quoting.settingValue(value)
    #expect(!quoted.utf8.contains(UInt8(ascii: "\n")))
    guard quoted.utf8.first == UInt8(ascii: "'") else { continue }
    #expect(readSettingString(quoted) == value, "\(quoted)")
  }
}

/// `DeescapeQuotedString` in guc-file.l, for the escapes that we write; nil if the string
/// ends before its last character.
private func readSettingString(_ quoted: String) -> String? {
  var result = String.UnicodeScalarView()
  var rest = quoted.unicodeScalars.dropFirst()
  while let scalar = rest.popFirst() {
    switch scalar {
    case "\\":
      let escapes: [Unicode.Scalar: Unicode.Scalar] = [
        "n": "\n", "r": "\r", "b": "\u{8}", "f": "\u{C}",
      ]
      guard let next = rest.popFirst() else { return nil }
      result.append(escapes[next] ?? next)
    case "'":
      if rest.isEmpty { return String(result) }
      guard rest.popFirst() == "'" else { return nil }
      result.append("'")
    default: result.append(scalar)
    }
  }
  return nil
}

@Test(arguments: [
  ("app", "\"app\""), ("My App", "\"My App\""), ("a\"b", "\"a\"\"b\""), ("select", "\"select\""),
])
func quotesEverySQLIdentifier(name: String, quoted: String) {
  #expect(Quoting.sqlIdentifier(name) == quoted)
}

@Test(arguments: [
  ("", "''"), ("it's", "'it''s'"), (#"a\b"#, #"E'a\\b'"#), (#"\'"#, #"E'\\'''"#), ("$1", "'$1'"),
])
func quotesAnSQLLiteral(value: String, quoted: String) {
  #expect(Quoting.sqlLiteral(value) == quoted)
}

@Test(arguments: [
  ("primary", "primary"), ("", "''"), ("a b", "'a b'"), ("it's", #"'it\'s'"#),
  (#"a\b"#, #"'a\\b'"#), ("/run/postgresql", "/run/postgresql"), ("a=b", "'a=b'"),
])
func quotesAConninfoValue(value: String, quoted: String) {
  #expect(Quoting.conninfoValue(value) == quoted)
}

@Test(arguments: [
  ("app", "app"), ("p@ss:w/rd", "p%40ss%3Aw%2Frd"), ("a b", "a%20b"), ("é", "%C3%A9"),
  ("\n", "%0A"), ("100%", "100%25"), ("a-._~", "a-._~"), ("a+b", "a%2Bb"),
])
func encodesAURIComponent(text: String, encoded: String) {
  #expect(Quoting.uriComponent(text) == encoded)
}

@Test(arguments: [
  ("app", "app"), ("a:b", #"a\:b"#), (#"a\b"#, #"a\\b"#), ("*", #"\*"#), ("**", "**"),
  ("#a", "\\#a"), ("a#", "a#"), ("::1", #"\:\:1"#),
])
func escapesAPassfileField(field: String, escaped: String) {
  #expect(Quoting.passfileField(field) == escaped)
}

@Test(arguments: [
  ("/usr/bin/psql", "/usr/bin/psql"), ("", "''"), ("it's", #"'it'\''s'"#), ("$HOME", "'$HOME'"),
  ("a b", "'a b'"), ("a\nb", "'a\nb'"), ("~", "'~'"), ("a=b", "'a=b'"), ("é", "'é'"),
  ("'\u{301}", "''\\''\u{301}'"),
])
func quotesAShellWord(word: String, quoted: String) {
  #expect(Quoting.shellWord(word) == quoted)
}

@Test(arguments: [
  ("s3cret", "s3cret"), ("", #""""#), ("a=b", "a=b"), ("pa$$", #""pa\$\$""#),
  (#"a"b"#, #""a\"b""#), (#"a\n"#, #""a\\n""#), ("it's", #""it's""#), ("a b#c", #""a b#c""#),
  ("a\nb", "\"a\nb\""),
])
func quotesAnEnvFileValue(value: String, quoted: String) {
  #expect(Quoting.envFileValue(value) == quoted)
}

@Test func doublesDollarsForCompose() {
  #expect(Quoting.composeScalar("pa$$ ${X} x") == "pa$$$$ $${X} x")
}
