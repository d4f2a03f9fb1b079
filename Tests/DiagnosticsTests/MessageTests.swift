import Diagnostics
import Testing

/// How the parts of a message are written.
@Suite struct MessageTests {
  private func text(_ message: Diagnostic.Message, hiding secrets: String...) -> String {
    let here = SecretTexts(here: secrets.map { Array($0.utf8) }, elsewhere: SecretIndex([]))
    return MessageWriter(hiding: here).text(of: message)
  }

  @Test func eachPartIsQuotedAsItIsMeant() {
    #expect(
      text("node \(name: "a") has \(value: "b") for \(keyword: "ip")")
        == #"node "a" has "b" for "ip""#)
    #expect(text("\(text: "a b") is \(1)") == "a b is 1")
    #expect(text("found \(secret: "hunter2")") == #"found "***""#)
  }

  @Test func whatComesFromElsewhereIsEscapedAndOurOwnLinesAreKept() {
    #expect(
      text("\(name: "\u{1B}")\n\(value: "\r\u{7F}")\n\(text: "\u{202E}\u{2028}\u{85}")")
        == "\"\\x1B\"\n\"\\x0D\\x7F\"\n\\u{202E}\\u{2028}\\u{85}")
  }

  @Test func aMessageKeepsItsPartsInAnother() {
    let inner: Diagnostic.Message = "node \(name: "a\u{1B}")"
    #expect(text("\(inner) and \(inner)" + " end") == #"node "a\x1B" and node "a\x1B" end"#)
  }

  @Test func namesAreListed() {
    #expect(text("\(names: ["a"], .and)") == #""a""#)
    #expect(text("\(names: ["a", "b", "c"], .and)") == #""a", "b" and "c""#)
    #expect(text("\(keywords: ["a", "b"], .or)") == #""a" or "b""#)
    #expect(text("\(names: ["a", "b"])") == #""a", "b""#)
  }

  @Test func aSecretIsMaskedByItsPart() {
    #expect(text("\(value: "whatever")", hiding: "x") == #""***""#)
    #expect(
      text("\(name: "app") \(name: "hunter2") \(name: "a-hunter2")", hiding: "hunter2")
        == #""app" "***" "***""#)
    #expect(
      text("bad \(text: "host=hunter2 x") hunter2", hiding: "hunter2") == "bad host=*** x hunter2")
    #expect(text("\(text: #"an "a" is bad"#)", hiding: "a") == #"an "***" is bad"#)
  }

  /// The user "app" may have the password "app".
  @Test func elsewhereOnlyALongSecretIsLookedFor() {
    let index = SecretIndex(["app", "hunter2secret"].map { Array($0.utf8) })
    let writer = MessageWriter(hiding: SecretTexts(here: [], elsewhere: index))
    #expect(writer.text(of: "\(name: "app") \(value: "x hunter2secret")") == #""app" "***""#)
    #expect(writer.text(of: "\(text: "x hunter2secret y")") == "x *** y")
  }

  @Test func whatReadsTheSameIsTheSame() {
    #expect("a \(name: "b")" == ("a \"b\"" as Diagnostic.Message))
  }
}
