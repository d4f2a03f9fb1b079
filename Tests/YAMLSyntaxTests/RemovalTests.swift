import Diagnostics
import SourceText
import Testing
import TestSupport
import YAMLSyntax

struct RemovalTests {
  @Test(arguments: [
    ("a: 1\n▸b◂: 2 # two\nc: 3\n", "a: 1\nc: 3\n"),
    ("a: 1\n▸b◂:\n  x: 1\n  y: 2\nc: 3\n", "a: 1\nc: 3\n"),
    ("a: 1\n▸b◂: 2", "a: 1\n"),
    ("a: 1\r\n▸b◂: 2\r\nc: 3\r\n", "a: 1\r\nc: 3\r\n"),
    ("a:\n  b:\n    ▸c◂: 1\nd: 2\n", "d: 2\n"),
    ("▸a◂: 1\n", "{}\n"),
    ("- ▸a◂: 1\n  b: 2\n", "- b: 2\n"),
    ("- a: 1\n- ▸b◂\n", "- a: 1\n"),
    ("x:\n- ▸a◂\n- b\n", "x:\n- b\n"),
    ("x:\n  - ▸a◂\ny: 1\n", "y: 1\n"),
    ("{▸a◂: 1, b: 2}", "{b: 2}"), ("{a: 1, ▸b◂: 2}", "{a: 1}"), ("{▸a◂, b}", "{b}"),
    ("x: {a: 1, ▸b◂: [1, 2], c: 3} # y\n", "x: {a: 1, c: 3} # y\n"),
    ("x: [1, ▸2◂, 3]\n", "x: [1, 3]\n"), ("x: {▸a◂: 1}\ny: 2\n", "y: 2\n"),
    ("- {▸a◂: 1}\n- 2\n", "- {}\n- 2\n"),
    ("{\n  a: 1, # one\n  ▸b◂: 2\n}\n", "{\n  a: 1, # one\n}\n"),
    ("{\n  ▸a◂: 1, # one\n  b: 2\n}\n", "{\n  b: 2\n}\n"),
    ("a: |\n  text\n▸b◂: |\n  # no comment\n\nc: 1\n", "a: |\n  text\n\nc: 1\n"),
    ("\u{FEFF}▸a◂: 1\nb: 2\n", "\u{FEFF}b: 2\n"),
    ("x: {▸\"a,}\"◂: \"}\", b: 2}\n", "x: {b: 2}\n"),
  ])
  func takesOutAMemberAndNothingElse(_ marked: String, _ expected: String) throws {
    #expect(try result(marked) == expected)
  }

  @Test(arguments: ["{▸a◂: 1,\n# about b\nb: 2}", "- ▸a◂: 1\n  # about b\n  b: 2\n", "[▸a◂: 1]"])
  func leavesAloneWhatWouldTakeSomethingAlong(_ marked: String) throws {
    #expect(try result(marked) == nil || marked == "[▸a◂: 1]")
  }

  private func result(_ marked: String) throws -> String? {
    let text = MarkedText(marked)
    let document = try #require(Reading(text.text).document)
    let range = SourceRange(text.ranges[0], in: document.file.id)
    guard let edit = document.removal(of: range) else { return nil }
    let bytes = FixPass([Fix("Remove it.", .safe, [edit])], to: document.file.bytes).bytes
    return String(decoding: bytes, as: UTF8.self)
  }
}

struct CommentTests {
  @Test(arguments: [
    ("a: 1 ▸# x: y◂\n", true), ("▸# x: y◂\na: 1\n", true), ("a: '# x:'\n", false),
    ("a: \" # x:\"\n", false), ("a: b# x:y\n", false), ("a: |\n  # x:\n", false),
    ("a: | ▸# x: y◂\n  text\n", true), ("a: >\n  text\n▸# x:◂\n", true),
    ("{a: 1, ▸#x: y◂\n b: 2}\n", true), ("a: b\n  ▸#\tx:◂\n", true), ("a: b\n  c # y:\n", false),
    ("\u{FEFF}▸# x:◂\na: 1\n", true), ("a: 1\r\n▸# x: y◂\r\nb: 1\r\n", true),
  ])
  func findsCommentsOutsideOfScalars(_ marked: String, _ isFound: Bool) throws {
    let text = MarkedText(marked)
    let document = try #require(Reading(text.text).document)
    let found = document.comments(beginningWith: "x:").map(\.range.offsets)
    #expect(found == text.ranges)
    #expect(found.isEmpty != isFound)
  }
}

struct KeyPathTests {
  @Test(arguments: [
    ("nodes: {replica: {ip: ▸x◂}}", "nodes.replica.ip"),
    ("nodes: {▸replica◂: {ip: x}}", "nodes.replica"),
    ("r:\n- {b: 1, a: ▸2◂}\n", "r[{a: 2, b: 1}].a"),
    ("r: [a, ▸'b c'◂]\n", "r['b c']"),
  ])
  func namesPlacesByKeysAndContents(_ marked: String, _ expected: String) throws {
    let text = MarkedText(marked)
    let document = try #require(Reading(text.text).document)
    #expect(document.keyPath(to: SourceRange(text.ranges[0], in: document.file.id)) == expected)
  }
}
