import Testing

@testable import PostgreSQL

/// URLs tested on servers of 15, 17 and 18, and the options they showed.
@Test(arguments: [
  ("ldap:///", "ldapport=389 ldapscheme=ldap ldapbasedn="),
  (
    "ldap://h/x?,,uid",
    "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x ldapsearchattribute=uid"
  ),
  (
    "ldap://h/x?u%69d,",
    "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x ldapsearchattribute=uid"
  ),
  ("ldap://h/x%00y", "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x"),
  ("ldap://h/x%zzy", "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn="),
  ("ldap://h/%", "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn="),
  ("ldap://h%zz:5/x", "ldapport=5 ldapscheme=ldap ldapbasedn=x"),
  ("ldap://[]/x", "ldapport=389 ldapscheme=ldap ldapbasedn=x"),
  ("ldap://[::1]x/x", "ldapserver=::1 ldapport=389 ldapscheme=ldap ldapbasedn=x"),
  ("ldap://h:%33/x", "ldapserver=h ldapport=3 ldapscheme=ldap ldapbasedn=x"),
  ("ldap://h:4294967297/x", "ldapserver=h ldapport=1 ldapscheme=ldap ldapbasedn=x"),
  ("ldaps://h:0/x", "ldapserver=h ldapport=636 ldapscheme=ldaps ldapbasedn=x"),
  ("<ldap://h/x>>", "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x>"),
  ("ldap://h/x????!,x", "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x"),
  (
    "ldap://h/x???uid=x",
    "ldapserver=h ldapport=389 ldapscheme=ldap ldapbasedn=x ldapsearchfilter=uid=x"
  ),
])
func readsLDAPURLsAsServersDo(url: String, options: String) {
  let row = row("ldapurl=\"\(url)\"")
  #expect(row?.columns?.options == options.split(separator: " ").map(String.init))
}

@Test(arguments: [
  ("ldap://h:/x", "Compare False"), ("ldap://h:1:2/x", "Compare False"),
  ("ldap://::1/x", "Compare False"), ("ldap://[::1]x:5/x", "Compare False"),
  ("ldap://h/x????x?", "Compare False"), ("ldap://h/x??x???", "Strong(er) authentication required"),
  ("ldap://h/x??%zz", "Strong(er) authentication required"),
  ("ldap://h/x???%zz", "Partial results and referral received"),
  ("ldap://h/x????", "Referral"), ("ldap://h/x????,", "Referral"),
  ("<ldap://h/x", "Size limit exceeded"), ("ldap:/", "Time limit exceeded"),
])
func refusesLDAPURLsInTheServersWords(url: String, reason: String) {
  #expect(row("ldapurl=\"\(url)\"")?.error == "could not parse LDAP URL \"\(url)\": \(reason)")
}

/// These crash servers.
@Test(arguments: ["ldap://h/x?,", "ldap://h/x?%2C", "ldap://h/x?%00", "ldap://h/x?%zz"])
func warnsOfLDAPURLsThatCrashServers(url: String) {
  #expect(row("ldapurl=\"\(url)\"")?.error?.hasSuffix("crashes the server") == true)
}

/// Nothing is read after a host without a slash, and empty parts override nothing.
@Test func keepsOptionsThatAnLDAPURLDoesNotGive() {
  let first = row("ldapserver=y ldapurl=\"ldap:///x\"")
  #expect(first?.columns?.options.first == "ldapserver=y")
  let second = row("ldapbasedn=x ldapurl=\"ldap://h?uid?base\"")
  #expect(
    second?.columns?.options == [
      "ldapserver=h", "ldapport=389", "ldapscheme=ldap", "ldapbasedn=x",
    ])
}

/// A truncated character is dropped with everything after it; the sentence still has it.
@Test func readsPatternsWithBytesThatAreNotUTF8() {
  let text = HBAText.decode(Array("x{1".utf8) + [0xE9])
  #expect(
    HBAPattern.problem(with: text)?.description
      == "invalid regular expression \"\(text)\": braces {} not balanced")
}

/// The path of a file is truncated at 1023 bytes.
@Test func cutsLongPaths() {
  let name = String(repeating: "x", count: 2000)
  #expect(IncludedFiles.path(of: name, namedIn: "/d/f").utf8.count == 1023)
}

private func row(_ options: String) -> HBAFileRules.Row? {
  HBAFileRules(
    reading: "f", major: 18, files: .only(Array("host a a all ldap \(options)\n".utf8), at: "f")
  ).rows.first
}
