import Diagnostics
import Foundation
import Reporting
import SourceText
import TestWorld
import Testing
import TopologyLint

@testable import PgtopoCommand

@Suite struct ExplainCommandTests {
  private let world = MemoryWorld()
  private static let keysOfARule: Set = [
    "name", "former_names", "severity", "category", "summary", "fixes", "url",
  ]

  @Test func explainsEveryRuleWithExamples() {
    for rule in LintRule.all {
      #expect(world.run("explain", rule.id.description) == 0)
      #expect(world.output.hasPrefix("\(rule.id) (\(rule.severity.rawValue), "))
      #expect(world.output.contains("\nWrong:\n"))
      #expect(world.output.contains("\npgtopo lint says:\n\n  topology"))
      #expect(world.output.contains("\nRight:\n"))
      #expect(world.output.contains("    \(rule.id): the reason\n") == rule.canBeAllowed)
      #expect(!world.output.contains("▸"))
      let prose = world.output.split(separator: "\n").prefix { $0 != "Wrong:" }
      #expect(prose.allSatisfy { $0.count <= 80 })
    }
  }

  @Test func explainsMistakesOfTheFile() {
    #expect(world.run("explain", "duplicate-key") == 0)
    #expect(world.output.hasPrefix("duplicate-key (error)\nOne mapping has a key twice.\n"))
  }

  @Test func namesTheRuleThatWasProbablyMeant() {
    #expect(world.run("explain", "duplicate-keys") == 2)
    #expect(
      world.errors == """
        pgtopo: there is no rule "duplicate-keys"
        hint: Perhaps you meant "duplicate-key".

        """)
    #expect(world.run("explain", "x") == 2)
    #expect(world.errors.hasSuffix("hint: \"pgtopo rules\" lists all rules.\n"))
  }

  @Test func listsTheRulesByName() {
    #expect(world.run("rules") == 0)
    let names = world.output.split(separator: "\n").map { String($0.prefix { $0 != " " }) }
    #expect(names == LintRule.all.map(\.id.description).sorted())
    for rule in LintRule.all { #expect(world.output.contains("  \(rule.summary)\n")) }
  }

  @Test func listsTheRulesForPrograms() throws {
    #expect(world.run("rules", "--format", "json") == 0)
    let list = try JSONSerialization.jsonObject(with: Data(world.output.utf8))
    let rules = try #require(list as? [[String: Any]])
    #expect(rules.compactMap { $0["name"] as? String } == LintRule.all.map(\.id.description))
    #expect(rules.allSatisfy { Set($0.keys) == Self.keysOfARule })
    let bits = rules.first { $0["name"] as? String == "host-bits-in-subnet" }
    #expect(bits?["fixes"] as? [String] == ["safe"])
    let renamed = rules.first { $0["name"] as? String == "setting-too-new" }
    #expect(renamed?["former_names"] as? [String] == ["setting-from-the-future"])
  }

  /// The test searches the sources for the names, so that the table cannot miss one.
  @Test func knowsEveryMistakeThatIsReported() throws {
    let sources = URL(filePath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Sources")
    let files = try #require(
      FileManager.default.enumerator(at: sources, includingPropertiesForKeys: nil))
    var reported: Set<String> = []
    for case let file as URL in files where file.pathExtension == "swift" {
      guard !file.path().contains("/TopologyLint/Rules/") else { continue }
      let text = try String(contentsOf: file, encoding: .utf8)
      for match in text.matches(of: /(?:Diagnostic\(\s*|\bid: (?:Diagnostic\.ID = )?)"([a-z-]+)"/) {
        reported.insert(String(match.output.1))
      }
    }
    let others = Set(["compose"] + Reporter.all.map(\.id))
    let known = Set(FormatProblem.all.map(\.id) + LintRule.all.map(\.id.description))
    #expect(reported.count > 15)
    #expect(reported.subtracting(others).subtracting(known) == [])
  }

  @Test func keepsTheTableOfMistakesSorted() {
    let names = FormatProblem.all.map(\.id)
    #expect(names == Set(names).sorted())
    #expect(Set(names).isDisjoint(with: LintRule.all.map(\.id.description)))
    for error in FormatProblem.all {
      #expect(error.summary.hasSuffix(".") && error.explanation.hasSuffix("."))
    }
  }
}
