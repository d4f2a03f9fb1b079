import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import TopologyLint
import TopologyModel

/// Laws that hold for every rule, checked on its own examples.
struct LintRuleTests {
  @Test(arguments: LintRule.all)
  func reportsExactlyWhatItsBadExamplesMark(_ rule: LintRule) throws {
    try #require(!rule.bad.isEmpty)
    for text in rule.bad {
      let example = MarkedExample(text)
      try #require(!example.marks.isEmpty)
      #expect(try marks(of: rule, example.topologies()) == example.marks, "\(text)")
    }
  }

  @Test(arguments: LintRule.all)
  func noRuleHasAnythingToSayAboutGoodExamples(_ rule: LintRule) throws {
    try #require(!rule.good.isEmpty)
    for text in rule.good {
      let findings = try Linting.findings(in: MarkedExample(text).topologies())
      #expect(findings == [], "\(text)")
    }
  }

  @Test(arguments: LintRule.all)
  func aMultibyteCommentMovesFindingsByItsBytes(_ rule: LintRule) throws {
    let comment = "# naïve 🐘 主\n"
    for text in rule.bad {
      let example = MarkedExample(text)
      let moved = try marks(of: rule, example.topologies { comment + $0 })
      let expected = example.marks.map { mark in
        let (lower, upper) = (mark.range.lowerBound, mark.range.upperBound)
        let count = comment.utf8.count
        return Mark(file: mark.file, range: lower + count..<upper + count)
      }
      #expect(moved == expected)
    }
  }

  @Test(arguments: LintRule.all)
  func lineEndsOfWindowsChangeNothing(_ rule: LintRule) throws {
    for text in rule.bad {
      let example = MarkedExample(text)
      let change = { (text: String) in text.replacingOccurrences(of: "\n", with: "\r\n") }
      let found = try marks(of: rule, example.topologies(changing: change)).map { mark in
        substring(change(example.files[mark.file].text), mark.range)
      }
      #expect(found == example.marks.map { substring(example.files[$0.file].text, $0.range) })
    }
  }

  @Test(arguments: LintRule.all)
  func anAllowanceSilencesExactlyThatRule(_ rule: LintRule) throws {
    let allow = "lint: {allow: {\(rule.id): it is an example}}\n"
    for text in rule.bad where !text.contains("lint:") && rule.canBeAllowed {
      let example = MarkedExample(text)
      let before = try Linting.findings(in: example.topologies())
      let files = Set(example.marks.map(\.file))
      var index = -1
      let topologies = try example.topologies { text in
        index += 1
        return files.contains(index) ? text + allow : text
      }
      let after = Linting.findings(in: topologies)
      #expect(after == before.filter { $0.id != rule.id })
    }
  }

  @Test(arguments: LintRule.all, [false, true])
  func aCommentAboveOrBehindSilencesExactlyThatRuleInThatLine(
    _ rule: LintRule, _ isBehind: Bool
  ) throws {
    for text in rule.bad where rule.canBeAllowed && !text.contains("pgtopo:") {
      let example = MarkedExample(text)
      for mark in example.marks {
        let before = try Linting.findings(in: example.topologies())
        var index = -1
        var line = 0..<0
        let topologies = try example.topologies { text in
          index += 1
          guard index == mark.file else { return text }
          let lines = Array(text.utf8)
          let start = lines[..<mark.range.lowerBound].lastIndex(of: 10).map { $0 + 1 } ?? 0
          let end = lines[mark.range.lowerBound...].firstIndex(of: 10) ?? lines.count
          let comment = "# pgtopo: allow \(rule.id) -- it is an example"
          line = start..<end
          let place = isBehind ? end : start
          return String(decoding: lines[..<place], as: UTF8.self)
            + (isBehind ? " " + comment : comment + "\n")
            + String(decoding: lines[place...], as: UTF8.self)
        }
        let left = before.filter {
          $0.id != rule.id || Int($0.range.file.index) != mark.file
            || !line.contains($0.range.lowerBound)
        }
        let after = Linting.findings(in: topologies)
        #expect(after.map(\.id) == left.map(\.id), "\(text)")
      }
    }
  }

  @Test(arguments: LintRule.all)
  func messagesAreLowercaseFactsAndHintsSentences(_ rule: LintRule) throws {
    for text in rule.bad {
      for finding in try rule.findings(in: MarkedExample(text).topologies()) {
        #expect(finding.severity == rule.severity)
        for message in [finding.message] + finding.notes.map(\.message) {
          #expect(message.description.first?.isUppercase == false, "\(message)")
          #expect(!message.description.hasSuffix("."), "\(message)")
          #expect(!message.description.contains("\n"), "\(message)")
        }
        let hint = try #require(finding.hint).description
        #expect(hint.first?.isLowercase == false && hint.hasSuffix("."), "\(hint)")
      }
    }
  }

  @Test(arguments: LintRule.all)
  func saysInSentencesWhatItIsFor(_ rule: LintRule) {
    #expect(rule.summary.hasPrefix("Finds ") && rule.summary.hasSuffix("."))
    #expect(rule.rationale.hasSuffix(".") && !rule.rationale.contains("\n"))
    #expect(!rule.good.contains { $0.contains("▸") })
  }

  @Test func namesAreSortedAndUnique() {
    let names = LintRule.all.map(\.id.description)
    #expect(names == Set(names).sorted())
  }

  @Test func everyRuleHasAFileNamedAfterIt() throws {
    let rules = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .appendingPathComponent("../../Sources/TopologyLint/Rules").standardizedFileURL
    let paths = try FileManager.default.subpathsOfDirectory(atPath: rules.path)
    let files = paths.filter { $0.hasSuffix(".swift") }.map { $0.dropLast(6).lowercased() }
    let expected = LintRule.all.map { rule in
      rule.category.rawValue + "/" + rule.id.description.replacingOccurrences(of: "-", with: "")
    }
    #expect(files.sorted() == expected.sorted())
  }

  private func marks(of rule: LintRule, _ topologies: [ResolvedTopology]) -> [Mark] {
    rule.findings(in: topologies).map(\.mark).sorted {
      ($0.file, $0.range.lowerBound) < ($1.file, $1.range.lowerBound)
    }
  }

  private func substring(_ text: String, _ range: Range<Int>) -> String {
    String(decoding: Array(text.utf8)[range], as: UTF8.self)
  }
}
