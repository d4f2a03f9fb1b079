import PostgreSQL
import TestSupport
import Testing

/// What `check` underlines in pg_hba.conf: the word that the server's sentence is about.
@Suite struct HBAErrorRangeTests {
  /// The word between the marks or, if something is missing, the end of the line.
  static let marked = [
    "▸hots◂ all all 10.0.0.0/8 trust",
    "host all all ▸10.0.0.0/33◂ trust # 10.0.0.0/33",
    "host all all ▸db.example/24◂ trust",
    "host all all 10.0.0.1 ▸ffff::◂ trust",
    "host all all 10.0.0.1 ▸255.x◂ trust",
    "host a,b,▸\"/(x\"◂ all 10.0.0.1/32 trust",
    "host all \"a b\",▸/(x◂,c 10.0.0.1/32 trust",
    "host all all 10.0.0.1/32 ▸trusty◂",
    "host\tall\tall\t10.0.0.1/32\t▸\"trusty\"◂\r",
    "host all all 10.0.0.1/32 ident map=x ▸foo◂",
    "host all all 10.0.0.1/32 trust ▸foo=bar◂# comment",
    "host all all 10.0.0.1/32 ident ▸include_realm=1◂ map=x",
    "host all all 10.0.0.1/32 ldap ldapserver=a ldapport=1 ▸ldapport=x◂ ldapprefix=b",
    "host all all 10.0.0.1/32 ldap ▸\"ldapurl=x://h\"◂",
    "local all all ▸peer,md5◂",
    "local all all ▸gss◂",
    "host all all 10.0.0.1/32 ▸peer◂",
    "host all all 10.0.0.1/32▸◂",
    "host  ▸◂",
    "host ▸@nothing◂ all 10.0.0.1/32 trust",
    "include ▸nothing◂",
    "include_dir ▸\"nothing\"◂ ",
    "host all \\\nall 10.0.0.1/32 \\\n▸trusty◂ map=x",
  ]

  @Test(arguments: marked)
  func theWordIsTheOneThatTheSentenceIsAbout(_ line: String) throws {
    // After lines of another length, and before a valid one.
    let marked = MarkedText("# é\n\nlocal all all peer\n\(line)\nlocal all all peer\n")
    let rules = HBAFileRules(
      reading: "/f", major: 17, files: .only(Array(marked.text.utf8), at: "/f"))
    let row = try #require(rules.rows.first { $0.columns == nil })
    #expect(row.error != nil || row.loggedError != nil)
    #expect(row.errorRange.map { [$0] } == marked.ranges, "\(row)")
  }

  /// A word that is continued after a backslash is underlined from its first byte to its last.
  @Test func aWordOnTwoLinesIsUnderlinedOnBoth() throws {
    let marked = MarkedText("host all all 10.0.0.1/32 trust ▸fo\\\no=b◂ x=y\n")
    let rules = HBAFileRules(
      reading: "/f", major: 17, files: .only(Array(marked.text.utf8), at: "/f"))
    #expect(rules.rows.map(\.errorRange) == marked.ranges)
  }

  /// A line that spans a whole file is read once, not once for each of its words.
  @Test func aLineOfManyLinesIsReadOnce() {
    let count = 50_000
    let text =
      "host all all 10.0.0.1/32 ident \\\n"
      + String(repeating: "map=x \\\n", count: count) + "foo\n"
    let rules = HBAFileRules(
      reading: "/f", major: 17, files: .only(Array(text.utf8), at: "/f"))
    let start = text.utf8.count - 4
    #expect(rules.rows.map(\.errorRange) == [start..<start + 3])
  }

  /// Words of another file are not in this one, so the name of that file is underlined.
  @Test func aWordOfAnotherFileIsUnderlinedWhereThatIsNamed() throws {
    let marked = MarkedText("host ▸@names◂ all 10.0.0.1/32 trust\n")
    let rules = HBAFileRules(
      reading: "/f", major: 17,
      files: IncludedFiles(
        read: { Array(($0 == "/f" ? marked.text : "a,\"/(\"").utf8) }, list: { _ in [] }))
    #expect(rules.rows.map(\.errorRange) == marked.ranges)
  }
}
