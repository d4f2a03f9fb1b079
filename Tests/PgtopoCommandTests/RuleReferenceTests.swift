import Diagnostics
import Foundation
import SourceText
import Testing
import TestSupport
import TopologyLint

@testable import PgtopoCommand

/// The committed pages about rules match what the rules say about themselves.
@Suite struct RuleReferenceTests {
  private let folder = Repository.root.appending(path: "Documentation")

  @Test func thePagesAreThoseOfTheRules() throws {
    if ProcessInfo.processInfo.environment["PGTOPO_UPDATE_GOLDEN"] != nil {
      try record()
      Issue.record("recorded Documentation: run again without PGTOPO_UPDATE_GOLDEN")
      return
    }
    for (path, markdown) in RuleIndex.pages {
      let committed = try? String(contentsOf: folder.appending(path: path), encoding: .utf8)
      #expect(
        committed == markdown,
        "\(path) is stale: run PGTOPO_UPDATE_GOLDEN=1 swift test --filter RuleReference")
    }
  }

  @Test func thereIsNoPageOfNoRule() {
    let found = Repository.files(below: folder.appending(path: "rules"))
    #expect(found == LintRule.all.map { "\($0.id).md" }.sorted())
  }

  @Test(arguments: LintRule.all.map(\.id.description))
  func aPageShowsWhatLintSays(_ name: String) throws {
    let rule = try #require(LintRule.all.first { $0.id.description == name })
    let markdown = RuleReference(rule).page.markdown
    #expect(markdown.contains("## pgtopo lint says\n\n```text\ntopology"))
    #expect(markdown.contains("[\(name)]\n"))
    #expect(!markdown.contains("▸"))
    #expect(markdown.components(separatedBy: "\n```").count % 2 == 1)
  }

  @Test func theIndexHasEveryRuleAndItsFixes() throws {
    let index = try #require(RuleIndex.pages.first { $0.path == "rules.md" }).markdown
    for rule in LintRule.all { #expect(index.contains("| [\(rule.id)](rules/\(rule.id).md) | ")) }
    #expect(index.contains("(rules/host-bits-in-subnet.md) | error |"))
    #expect(
      index.split(separator: "\n").contains { $0.contains("host-bits") && $0.hasSuffix("| safe |") }
    )
  }

  @Test func mistakesOfTheFileStandOnOnePage() throws {
    let page = try #require(RuleIndex.pages.first { $0.path == "format-errors.md" }).markdown
    for error in FormatProblem.all { #expect(page.contains("\n## \(error.id)\n")) }
  }

  @Test func markdownSeesNoMarkupInProse() {
    #expect("a_b *c* <d> `e` [f] | \\".escapedForMarkdown == #"a\_b \*c\* \<d\> \`e\` \[f\] \| \\"#)
  }

  private func record() throws {
    let rules = folder.appending(path: "rules")
    try? FileManager.default.removeItem(at: rules)
    try FileManager.default.createDirectory(at: rules, withIntermediateDirectories: true)
    for (path, markdown) in RuleIndex.pages {
      try Data(markdown.utf8).write(to: folder.appending(path: path))
    }
  }
}
