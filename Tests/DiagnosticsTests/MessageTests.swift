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

  /// A value may have megabytes; its place shows the rest.
  @Test func ofALongNameOrValueTheMiddleIsLeftOut() {
    let long = "begin" + String(repeating: "é", count: 200) + "end"
    for message: Diagnostic.Message in ["\(name: long)", "\(value: long)", "\(names: [long], .or)"]
    {
      let shown = text(message)
      #expect(shown.count == 102 && shown.hasPrefix("\"beginé") && shown.hasSuffix("éend\""))
      #expect(shown.contains("é…é"))
      #expect(MessageWriter().wholeText(of: message) == "\"\(long)\"")
      #expect(message.description == "\"\(long)\"")
    }
    let kept = String(repeating: "x", count: 100)
    #expect(text("\(name: kept)") == "\"\(kept)\"")
    // Our own words are there to be copied, and PostgreSQL's sentence to be searched for.
    #expect(text("\(keyword: long) \(text: long)") == "\"\(long)\" \(long)")
  }

  @Test func noMessageHoldsMegabytes() {
    let long = "begin" + String(repeating: "é", count: 1 << 20) + "end"
    for message: Diagnostic.Message in ["\(name: long)", "\(value: long)", "\(text: long)"] {
      let shown = MessageWriter().wholeText(of: message)
      #expect(shown.utf8.count < 5_000 && shown.contains("begin") && shown.contains("end"))
      #expect(!shown.contains("\u{FFFD}"))
    }
    let names = (0..<100_000).map(String.init)
    #expect(text("\(names: names, .or)").hasSuffix("\"198\", \"199\", …"))
  }

  /// What is cut is looked through before, and masked where it cannot be.
  @Test func aCutHidesNoSecretFromTheMask() {
    let secret = String(repeating: "hunter2", count: 30)
    let index = SecretIndex([Array(secret.utf8)])
    let writer = MessageWriter(hiding: SecretTexts(here: [], elsewhere: index))
    for message: Diagnostic.Message in [
      "\(value: "x" + secret)", "\(name: secret + "x")",
      "\(value: String(repeating: "x", count: 300) + secret)",
      "\(text: String(repeating: "x", count: 2_000) + secret + String(repeating: "x", count: 3_000))",
    ] {
      #expect(!writer.text(of: message).contains("hunter"))
      #expect(!writer.wholeText(of: message).contains("hunter"))
    }
  }
}
