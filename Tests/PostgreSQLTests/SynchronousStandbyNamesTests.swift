import Testing

@testable import PostgreSQL

/// How servers from 13 to 19 respond to a value.
@Test(
  arguments: [
    ("", nil),
    (" ", "syntax error at end of input"),
    ("*", nil),
    ("s1", nil),
    ("s1,s2", nil),
    ("s1, s2 , s3", nil),
    ("S1", nil),
    ("s_1", nil),
    ("s1$", nil),
    ("1s", #"syntax error at or near "s""#),
    ("s-1", #"syntax error at or near "-""#),
    (#""s-1""#, nil),
    (#""s 1",s2"#, nil),
    (#""""#, nil),
    (#""a""b""#, nil),
    ("s.1", #"syntax error at or near ".""#),
    ("FIRST 1 (s1)", nil),
    ("first 1 (s1)", nil),
    ("FIRST 1 (*)", nil),
    ("ANY 1 (s1, s2)", nil),
    ("any 2(s1,s2,s3)", nil),
    ("2 (s1, s2)", nil),
    ("2(s1,s2)", nil),
    ("FIRST 3 (s1, s2)", nil),
    ("FIRST 0 (s1)", "number of synchronous standbys (0) must be greater than zero"),
    ("ANY 0 (s1)", "number of synchronous standbys (0) must be greater than zero"),
    ("0 (s1)", "number of synchronous standbys (0) must be greater than zero"),
    ("ANY -1 (s1)", #"syntax error at or near "-""#),
    ("ANY 1.5 (s1)", #"syntax error at or near ".""#),
    ("ANY x (s1)", #"syntax error at or near "x""#),
    ("ANY (s1)", #"syntax error at or near "(""#),
    ("FIRST (s1)", #"syntax error at or near "(""#),
    ("ANY 1", "syntax error at end of input"),
    ("ANY 1 s1", #"syntax error at or near "s1""#),
    ("ANY 1 ()", #"syntax error at or near ")""#),
    ("ANY 1 (s1", "syntax error at end of input"),
    ("ANY 1 s1)", #"syntax error at or near "s1""#),
    ("ANY 1 (s1,)", #"syntax error at or near ")""#),
    ("s1,", "syntax error at end of input"),
    (",s1", #"syntax error at or near ",""#),
    ("s1 s2", #"syntax error at or near "s2""#),
    ("s1;s2", #"syntax error at or near ";""#),
    ("*, s1", nil),
    ("s1,*", nil),
    ("'s1'", #"syntax error at or near "'""#),
    ("ANY 1 (s1) , s2", #"syntax error at or near ",""#),
    ("ANY 1 (ANY 1 (s1))", #"syntax error at or near "ANY""#),
    ("first", "syntax error at end of input"),
    ("any", "syntax error at end of input"),
    (#""first""#, nil),
    ("ANY 2 (s1, s1)", nil),
    ("QUORUM 1 (s1)", #"syntax error at or near "1""#),
    ("ALL (s1)", #"syntax error at or near "(""#),
    ("1", nil),
    ("12", nil),
    ("ANY 1 (1, 2)", nil),
    ("ANY 99999999999 (s1)", nil),
    (#""s1"#, "unterminated quoted identifier at end of input"),
    ("zoë", nil),
    (#"ANY 1 (s1, "s-2", *)"#, nil),
    ("NONE", nil),
    ("none", nil),
    ("on", nil),
  ] as [(String, String?)])
func judgesAValueAsTheServerDoes(text: String, sentence: String?) {
  do throws(SynchronousStandbyNames.ParseError) {
    _ = try SynchronousStandbyNames(text)
    #expect(sentence == nil)
  } catch {
    #expect(error.description == sentence)
  }
}

/// One standby that streams: its name, the setting, its `sync_priority` (nil for 0), and
/// whether an INSERT on the primary commits.
@Test(
  arguments: [
    ("STANDBY1", #""standby-1""#, nil, false),
    ("STANDBY1", "*", 1, true),
    ("STANDBY1", "ANY 1 (other, standby1)", 1, true),
    ("STANDBY1", "ANY 2 (standby1, standby1)", 1, false),
    ("STANDBY1", "FIRST 1 (other, *)", 2, true),
    ("STANDBY1", "FIRST 1 (other, standby1)", 2, true),
    ("STANDBY1", "FIRST 2 (other, standby1)", 2, false),
    ("STANDBY1", "FIRST 2 (standby1)", 1, false),
    ("STANDBY1", "Standby1", 1, true),
    ("STANDBY1", "node7", nil, false),
    ("STANDBY1", "standby1", 1, true),
    ("STANDBY1", "walreceiver", nil, false),
    ("node7", #""standby-1""#, nil, false),
    ("node7", "*", 1, true),
    ("node7", "ANY 1 (other, standby1)", nil, false),
    ("node7", "ANY 2 (standby1, standby1)", nil, false),
    ("node7", "FIRST 1 (other, *)", 2, true),
    ("node7", "FIRST 1 (other, standby1)", nil, false),
    ("node7", "FIRST 2 (other, standby1)", nil, false),
    ("node7", "FIRST 2 (standby1)", nil, false),
    ("node7", "Standby1", nil, false),
    ("node7", "node7", 1, true),
    ("node7", "standby1", nil, false),
    ("node7", "walreceiver", nil, false),
    ("standby-1", #""standby-1""#, 1, true),
    ("standby-1", "*", 1, true),
    ("standby-1", "ANY 1 (other, standby1)", nil, false),
    ("standby-1", "ANY 2 (standby1, standby1)", nil, false),
    ("standby-1", "FIRST 1 (other, *)", 2, true),
    ("standby-1", "FIRST 1 (other, standby1)", nil, false),
    ("standby-1", "FIRST 2 (other, standby1)", nil, false),
    ("standby-1", "FIRST 2 (standby1)", nil, false),
    ("standby-1", "Standby1", nil, false),
    ("standby-1", "node7", nil, false),
    ("standby-1", "standby1", nil, false),
    ("standby-1", "walreceiver", nil, false),
    ("standby1", #""standby-1""#, nil, false),
    ("standby1", "*", 1, true),
    ("standby1", "ANY 1 (other, standby1)", 1, true),
    ("standby1", "ANY 2 (standby1, standby1)", 1, false),
    ("standby1", "FIRST 1 (other, *)", 2, true),
    ("standby1", "FIRST 1 (other, standby1)", 2, true),
    ("standby1", "FIRST 2 (other, standby1)", 2, false),
    ("standby1", "FIRST 2 (standby1)", 1, false),
    ("standby1", "Standby1", 1, true),
    ("standby1", "node7", nil, false),
    ("standby1", "standby1", 1, true),
    ("standby1", "walreceiver", nil, false),
    ("walreceiver", #""standby-1""#, nil, false),
    ("walreceiver", "*", 1, true),
    ("walreceiver", "ANY 1 (other, standby1)", nil, false),
    ("walreceiver", "ANY 2 (standby1, standby1)", nil, false),
    ("walreceiver", "FIRST 1 (other, *)", 2, true),
    ("walreceiver", "FIRST 1 (other, standby1)", nil, false),
    ("walreceiver", "FIRST 2 (other, standby1)", nil, false),
    ("walreceiver", "FIRST 2 (standby1)", nil, false),
    ("walreceiver", "Standby1", nil, false),
    ("walreceiver", "node7", nil, false),
    ("walreceiver", "standby1", nil, false),
    ("walreceiver", "walreceiver", 1, true),
  ] as [(String, String, Int?, Bool)])
func waitsForTheStandbysThatTheServerWaitsFor(
  name: String, text: String, priority: Int?, commits: Bool
) throws {
  let standbys = try SynchronousStandbyNames(text)
  // For all standbys in a quorum, the server reports 1.
  #expect(standbys.priority(of: name).map { standbys.method == .any ? 1 : $0 } == priority)
  let acknowledgements = standbys.matches(applicationName: name) ? 1 : 0
  #expect((acknowledgements >= standbys.count) == commits)
}

@Test(arguments: [
  (#"s1 "s2""#, #"syntax error at or near """"#),
  ("ANY 2147483648 (s1)", "number of synchronous standbys (-2147483648) must be greater than zero"),
  ("ANY 4294967296 (s1)", "number of synchronous standbys (0) must be greater than zero"),
  ("0 (s1) x", #"syntax error at or near "x""#),
  ("(s1)", #"syntax error at or near "(""#),
])
func blamesTheFirstTokenThatFitsNowhere(text: String, sentence: String) {
  let error = #expect(throws: SynchronousStandbyNames.ParseError.self) {
    try SynchronousStandbyNames(text)
  }
  #expect(error?.description == sentence)
}

@Test(arguments: [
  ("", ""),
  ("*", "*"),
  (#""*""#, "*"),
  ("s1 , S2", "s1, S2"),
  ("2(s1,s2)", "FIRST 2 (s1, s2)"),
  ("first 1 (1)", "FIRST 1 (1)"),
  (#"any 1("s-1","any","a""b",zoë,"")"#, #"ANY 1 ("s-1", "any", "a""b", zoë, "")"#),
])
func writesAValueInTheServersGrammar(text: String, written: String) throws {
  #expect(try SynchronousStandbyNames(text).description == written)
}

@Test func readsBackTheNamesItWrites() throws {
  for name in nastyTexts {
    let value = SynchronousStandbyNames(method: .any, count: 1, names: [name, "other"])
    #expect(try SynchronousStandbyNames(value.description) == value)
  }
}

@Test func takesAQuotedStarForAWildcard() throws {
  let standbys = try SynchronousStandbyNames(#"FIRST 1 (a, "*")"#)
  #expect(standbys.isWildcard)
  #expect(standbys.matches(applicationName: "pg_receivewal"))
}

@Test func waitsForNobodyWhenEmpty() throws {
  let standbys = try SynchronousStandbyNames("")
  #expect(standbys == .none)
  #expect(standbys.isEmpty && !standbys.isWildcard)
  #expect(!standbys.matches(applicationName: ""))
}
