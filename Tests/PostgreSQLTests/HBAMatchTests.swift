import IPAddressing
import Testing

@testable import PostgreSQL

/// The record in a line of pg_hba.conf.
private func record(_ line: String) throws -> HBARecord { try #require(HBAReader(line).record) }

private func tcp(
  _ address: String, tls: Bool = false, to target: HBAConnection.Target, user: String = "app",
  memberships: Set<String> = []
) throws -> HBAConnection {
  HBAConnection(
    type: .tcp(address: try IPAddress(address), tls: tls), target: target, user: user,
    memberships: memberships)
}

@Test(arguments: [
  ("host all all 10.0.0.0/8 md5", HBAMatch.yes),
  ("host all all 10.0.0.99/24 md5", .yes),
  ("host all all 10.0.0.0 255.0.0.255 md5", .no(.address)),
  ("host all all 10.9.9.5 255.0.0.255 md5", .yes),
  ("host all all 10.1.0.0/16 md5", .no(.address)),
  ("host all all ::/0 md5", .no(.address)),
  ("host all all all md5", .yes),
  ("host shop all all md5", .yes),
  ("host SHOP all all md5", .no(.database)),
  ("host sameuser all all md5", .no(.database)),
  ("host samerole all all md5", .yes),
  ("host samegroup all all md5", .yes),
  ("host \"samerole\" all all md5", .no(.database)),
  ("host replication all all md5", .no(.database)),
  ("host all app all md5", .yes),
  ("host all bob,app all md5", .yes),
  ("host all bob all md5", .no(.user)),
  ("host all +shop all md5", .yes),
  ("host all +app all md5", .yes),
  ("host all +staff all md5", .no(.user)),
  ("host all \"+shop\" all md5", .no(.user)),
  ("host all \"all\" all md5", .no(.user)),
  ("host all /^a all md5", .yes),
  ("host all /^b all md5", .no(.user)),
  ("host all /^(a|b) all md5", .yes),
  ("host all /^(b|c) all md5", .no(.user)),
  (#"host all /(p)\1 all md5"#, .unknown(.regex(#"(p)\1"#))),
  (#"host all /(x)\1,app all md5"#, .yes),
  ("host all all samenet md5", .unknown(.samenet)),
  ("host all all samehost md5", .unknown(.samehost)),
  ("host all all db.example.com md5", .unknown(.hostName("db.example.com"))),
  ("host all bob db.example.com md5", .no(.user)),
  ("hostssl all all all md5", .no(.connectionType)),
  ("hostnossl all all all md5", .yes),
  ("hostgssenc all all all md5", .no(.connectionType)),
  ("hostnogssenc all all all md5", .yes),
  ("local all all md5", .no(.connectionType)),
])
func matchesAConnectionAsTheServerDoes(line: String, match: HBAMatch) throws {
  let connection = try tcp("10.0.0.5", to: .database("shop"), memberships: ["shop"])
  #expect(try record(line).match(connection) == match)
}

@Test(arguments: [
  ("host replication repuser 172.22.0.101/32 md5", HBAMatch.yes),
  ("host all,replication all all md5", .yes),
  ("host all repuser 172.22.0.101/32 md5", .no(.databaseAllExcludesReplication)),
  ("host all app 172.22.0.101/32 md5", .no(.database)),
  ("host all repuser 172.22.0.102/32 md5", .no(.address)),
  ("host \"replication\" repuser 172.22.0.101/32 md5", .no(.database)),
  ("host /replication repuser 172.22.0.101/32 md5", .no(.database)),
  ("host replication repluser 172.22.0.101/32 md5", .no(.user)),
  ("hostssl replication repuser 172.22.0.101/32 md5", .no(.connectionType)),
])
func admitsReplicationOnlyByItsKeyword(line: String, match: HBAMatch) throws {
  let connection = try tcp("172.22.0.101", to: .physicalReplication, user: "repuser")
  #expect(try record(line).match(connection) == match)
}

@Test func tellsTLSFromPlainConnections() throws {
  let connection = try tcp("10.0.0.5", tls: true, to: .database("shop"))
  #expect(try record("hostssl all all all md5").match(connection) == .yes)
  #expect(try record("host all all all md5").match(connection) == .yes)
  #expect(try record("hostnossl all all all md5").match(connection) == .no(.connectionType))
}

@Test func matchesSocketsWithLocalOnly() throws {
  let connection = HBAConnection(type: .local, target: .database("app"), user: "app")
  #expect(try record("local sameuser all peer").match(connection) == .yes)
  #expect(try record("host all all all md5").match(connection) == .no(.connectionType))
}

@Test func letsTheFirstMatchDecide() throws {
  let records = try [
    "local all all peer", "host all all 10.0.0.5/32 reject", "host all all 10.0.0.0/8 md5",
  ].map(record)
  let rejected = HBARecords.decide(records, try tcp("10.0.0.5", to: .database("shop")))
  #expect(rejected == .record(1, .reject))
  #expect(!rejected.admits)
  let admitted = HBARecords.decide(records, try tcp("10.0.0.6", to: .database("shop")))
  #expect(admitted == .record(2, .md5))
  #expect(admitted.admits)
}

@Test func tellsWhyNoRecordMatches() throws {
  let records = try [
    "local all all peer", "host all all all md5", "host replication bob all md5",
  ].map(record)
  let decision = HBARecords.decide(records, try tcp("10.0.0.5", to: .physicalReplication))
  #expect(
    decision
      == .none(mismatches: [.connectionType, .databaseAllExcludesReplication, .user]))
  #expect(!decision.admits)
}

@Test func stopsAtARecordThatMightMatch() throws {
  let records = try ["host all all samenet reject", "host all all all md5"].map(record)
  #expect(HBARecords.decide(records, try tcp("10.0.0.5", to: .database("shop"))) == .unknown(0))
}

@Test(arguments: [
  ("^a", "app", true), ("^a", "ba", false), ("p", "app", true), ("^app$", "app", true),
  ("^ap$", "app", false), ("^ap*$", "a", true), ("^ap*$", "appp", true), ("^ap+$", "a", false),
  ("^ap?p$", "ap", true), ("^a.$", "ap", true), ("^a.$", "app", false), ("^.*_ro$", "x_ro", true),
  ("^a|b$", "xb", true), ("^a|b$", "xa", false), ("$", "x", true), ("^", "x", true),
  ("^a.*b.*c$", "abcbc", true), ("A", "a", false),
])
func evaluatesPlainPatterns(pattern: String, name: String, isMatch: Bool) throws {
  #expect(try HBAPattern(pattern).matches(name) == isMatch)
}

@Test(arguments: [#"(a)\1"#, "***:(?b)a"])
func leavesOtherPatternsToTheServer(pattern: String) {
  #expect((try? HBAPattern(pattern).matches("a")) ?? nil == nil)
}

@Test(arguments: [
  ("^(ab|c)+$", "abcab", true), ("^(ab|c)+$", "abca", false), ("^[a-c_]+$", "a_c", true),
  ("^[^a-c]+$", "dab", false), ("^[[:digit:]]{2,3}$", "1234", false), ("^a{3}$", "aaa", true),
  (#"^\w+\d$"#, "db_7", true), (#"^\w+\d$"#, "db_x", false), (#"\mdb\M"#, "my db x", true),
  (#"\mdb\M"#, "mydb", false), ("^(?=ab)a", "abc", true), ("^(?!ab)a", "abc", false),
  ("(?<=a)b$", "ab", true), ("(?<!a)b$", "ab", false), ("(?i)^APP$", "app", true),
  ("***=a.b", "a.b", true), ("***=a.b", "axb", false), ("", "x", true), ("a||b", "x", true),
  ("^a{2,}$", "a", false), ("^[]a]+$", "]a", true), (#"^[\d_]+$"#, "1_2", true),
])
func evaluatesAdvancedPatterns(pattern: String, name: String, isMatch: Bool) throws {
  #expect(try HBAPattern(pattern).matches(name) == isMatch)
}

/// The sentences are those of regerrs.h.
@Test(arguments: [
  ("(", "parentheses () not balanced"), ("a)", "parentheses () not balanced"),
  ("[", "brackets [] not balanced"), ("[a-", "brackets [] not balanced"),
  ("*a", "quantifier operand invalid"), ("a**", "quantifier operand invalid"),
  ("(?a", "invalid embedded option"), (#"a\"#, #"invalid escape \ sequence"#),
  (#"\q"#, #"invalid escape \ sequence"#), (#"\1"#, "invalid backreference number"),
  ("a{1", "braces {} not balanced"), ("a{2,1}", "invalid repetition count(s)"),
  ("a{256}", "invalid repetition count(s)"), ("[b-a]", "invalid character range"),
  ("[[:nope:]]", "invalid character class"), ("[[.nope.]]", "invalid collating element"),
])
func refusesAPatternInTheServersWords(pattern: String, sentence: String) {
  let error = #expect(throws: RegexLexer.ParseError.self) { try HBAPattern(pattern) }
  #expect(error?.rawValue == sentence)
}
