import Diagnostics
import Foundation
import SourceText
import Testing
import TopologyModel
import TopologyRender

@Suite struct CorpusTests {
  @Test(arguments: Corpus.invalid)
  func reportsWhatIsRecorded(_ name: String) throws {
    let file = try Corpus.source("invalid/\(name)")
    let actual = DiagnosticList(Corpus.diagnostics(of: file), in: file).text
    let record = Corpus.folder.appendingPathComponent("invalid/\(name).out")
    let expected = try? String(contentsOf: record, encoding: .utf8)
    guard expected != actual else { return }
    if ProcessInfo.processInfo.environment["PGTOPO_UPDATE_GOLDEN"] == "1" {
      try actual.write(to: record, atomically: true, encoding: .utf8)
      Issue.record("recorded invalid/\(name).out: read it, and run again")
    } else {
      #expect(expected == actual, "PGTOPO_UPDATE_GOLDEN=1 swift test records it")
    }
  }

  @Test(arguments: Corpus.invalid)
  func refusesWithAnError(_ name: String) throws {
    let file = try Corpus.source("invalid/\(name)")
    var diagnostics: [Diagnostic] = []
    #expect(ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics) == nil)
    #expect(diagnostics.contains { $0.severity == .error })
  }

  @Test(arguments: Corpus.valid)
  func readsWithoutAWord(_ name: String) throws {
    let file = try Corpus.source("valid/\(name)")
    var diagnostics: [Diagnostic] = []
    let topology = ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics)
    #expect(DiagnosticList(diagnostics, in: file).text == "")
    #expect(topology != nil)
  }

  @Test func everyInvalidFileHasItsRecordAndNothingStraysAbout() {
    #expect(Corpus.names(in: "invalid", extension: "out") == Corpus.invalid)
    #expect(Corpus.files(in: "invalid").count == 2 * Corpus.invalid.count)
    #expect(Corpus.files(in: "valid").count == Corpus.valid.count)
    #expect(
      Set(Corpus.files(in: "").map(\.lastPathComponent)) == [
        "conf", "conninfo", "hba", "invalid", "reports", "settings", "valid",
      ])
  }

  /// An identifier that is new, or no longer reported, shows up here.
  @Test func holdsAnExampleOfEveryIdentifier() throws {
    let found = try Corpus.invalid.flatMap {
      Corpus.diagnostics(of: try Corpus.source("invalid/\($0)")).map(\.id)
    }
    #expect(
      Set(found).sorted() == [
        "allowance-without-reason", "ambiguous-replication-user", "closed-database",
        "duplicate-key", "duplicate-value", "exactly-one-key", "invalid-address",
        "invalid-encoding",
        "invalid-value", "missing-key", "missing-primary", "missing-superuser",
        "multiple-primaries", "out-of-range", "primary-with-upstream", "too-few-values",
        "unknown-database", "unknown-node", "unknown-user", "unrecognized-key", "upstream-cycle",
        "wrong-type", "yaml-syntax",
      ])
  }

  @Test func holdsEnoughToMeanSomething() {
    #expect(Corpus.invalid.count >= 70)
    #expect(Corpus.valid.count >= 10)
  }

  /// The rules for messages: PostgreSQL's style guide, as far as a program can check it.
  @Test(arguments: Corpus.invalid)
  func wordsMessagesAsFactsAndHintsAsSentences(_ name: String) throws {
    let file = try Corpus.source("invalid/\(name)")
    for diagnostic in Corpus.diagnostics(of: file) {
      for message in [diagnostic.message] + diagnostic.notes.map(\.message) {
        let text = message.description
        #expect(!text.hasSuffix(".") && !text.unicodeScalars.contains { $0.value < 0x20 })
      }
      if let hint = diagnostic.hint?.description {
        #expect(hint.hasSuffix(".") || hint.hasSuffix("?"))
        #expect(!hint.unicodeScalars.contains { $0.value < 0x20 })
      }
      #expect(diagnostic.range.upperBound <= file.bytes.count)
    }
  }
}
