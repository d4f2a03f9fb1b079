import IPAddressing
import Testing

@testable import PostgreSQL

/// Facts recorded for this reader: what servers showed in `pg_hba_file_rules`.
@Test(arguments: [
  (#"local my"db name"x u trust"#, ["mydb namex"]),
  (#"local "a""b" u trust"#, [#"a"b"#]),
  (#"local a""b u trust"#, ["ab"]),
  (#"local "my db" u trust"#, ["my db"]),
  (#"local "db,with,comma" u trust"#, ["db,with,comma"]),
  (#"local "db#hash" u trust"#, ["db#hash"]),
  (#"local "a","b c",d u trust"#, ["a", "b c", "d"]),
  ("local db1, db2,\tdb3 u trust", ["db1", "db2", "db3"]),
  (#"local "",db1 u trust"#, ["", "db1"]),
])
func readsTheDatabasesThatServersShow(line: String, databases: [String]) {
  #expect(HBAReader(line).fields[1].map(\.text) == databases)
}

@Test func writesRecordsThatPostgreSQLReadsBack() throws {
  for text in nastyTexts {
    guard (try? HBAName(text)) != nil else { continue }
    let record = HBARecord(
      connectionType: .hostssl, databases: [.name(text), .keyword(.all)],
      users: [.group(text), .name(text)], address: .samenet, method: .ldap,
      options: [
        HBAOption(name: "ldapprefix", value: text), HBAOption(name: "ldapserver", value: "h"),
      ])
    let line = record.fields.joined(separator: " ")
    #expect(HBAReader(line).record == record, "\(line)")
  }
}

@Test func writesRegularExpressionsThatPostgreSQLReadsBack() {
  for text in nastyTexts {
    let record = HBARecord(
      connectionType: .local, databases: [.regex(text)], users: [.regex(text)], method: .peer)
    let line = record.fields.joined(separator: " ")
    #expect(HBAReader(line).record == record, "\(line)")
  }
}

@Test func neverEndsALineWithABackslash() {
  let record = HBARecord(
    connectionType: .local, databases: [.keyword(.all)], users: [.keyword(.all)], method: .peer,
    options: [HBAOption(name: "map", value: #"m\"#)])
  #expect(record.fields.last == #"peer map="m\""#)
}

@Test func leavesPlainWordsBare() throws {
  let address = try CIDRBlock("172.22.0.101/32")
  let record = HBARecord(
    connectionType: .host, databases: [.keyword(.replication), .name("my_db-1")],
    users: [.name("repuser"), .group("staff")], address: .block(address), method: .scramSHA256)
  #expect(
    record.fields == [
      "host", "replication,my_db-1", "repuser,+staff", "172.22.0.101/32", "scram-sha-256",
    ])
}

@Test(arguments: HBAToken.Keyword.allCases)
func quotesANameThatIsAKeyword(keyword: HBAToken.Keyword) {
  #expect(HBAToken.name(keyword.rawValue).hbaText == "\"\(keyword.rawValue)\"")
  #expect(HBAToken.keyword(keyword).hbaText == keyword.rawValue)
}

@Test(arguments: [
  ("", HBAName.WritingError.empty), ("a\nb", .lineBreak), ("a\r\nb", .lineBreak),
  ("a\0", .lineBreak), ("/a", .leadingSlash),
])
func refusesANameThatNoQuotingHelps(name: String, error: HBAName.WritingError) {
  #expect(throws: error) { try HBAName(name) }
}
