import Testing

@testable import PostgreSQL

@Test(arguments: [
  ("all", HBAToken.keyword(.all)),
  ("samegroup", .keyword(.samegroup)),
  ("replication", .keyword(.replication)),
  (#""all""#, .name("all")),
  ("ALL", .name("ALL")),
  ("app", .name("app")),
  ("my db", .name("my db")),
  ("a,b#c", .name("a,b#c")),
  ("@file", .name("@file")),
  ("+staff", .name("+staff")),
  (#""a""b""#, .name(#"a"b"#)),
  (#"/^a.*$"#, .regex("^a.*$")),
  (#""/^a b$""#, .regex("^a b$")),
  (#"/"a b""#, .regex("a b")),
])
func readsAWordOfTheDatabaseField(text: String, token: HBAToken) throws {
  #expect(try HBAToken(databaseText: text) == token)
}

@Test(arguments: [
  ("all", HBAToken.keyword(.all)),
  ("replication", .name("replication")),
  ("sameuser", .name("sameuser")),
  ("+staff", .group("staff")),
  (#"+"my staff""#, .group("my staff")),
  ("++staff", .group("+staff")),
  (#""+staff""#, .name("+staff")),
  ("+all", .group("all")),
  ("/^a", .regex("^a")),
])
func readsAWordOfTheUserField(text: String, token: HBAToken) throws {
  #expect(try HBAToken(userText: text) == token)
}

@Test(arguments: [
  ("", HBAToken.ParseError.empty),
  (#""""#, .empty),
  ("+", .emptyGroup),
  (#"+"""#, .emptyGroup),
  ("/", .emptyRegex),
  (#""/""#, .emptyRegex),
  ("a\nb", .lineBreak),
  (#""all"#, .unterminatedQuote),
  (#""a"""#, .unterminatedQuote),
  (#"my"db name"x"#, .misplacedQuote),
  (#""a"b"#, .misplacedQuote),
])
func refusesAWordThatPostgreSQLReadsOtherwise(text: String, error: HBAToken.ParseError) {
  #expect(throws: error) { try HBAToken(userText: text) }
}

@Test func readsBackWhatItWrites() throws {
  for text in nastyTexts where text.utf8.first != UInt8(ascii: "/") {
    let name = HBAToken.name(text)
    #expect(try HBAToken(databaseText: name.hbaText) == name)
    let group = HBAToken.group(text)
    #expect(try HBAToken(userText: group.hbaText) == group)
  }
}
