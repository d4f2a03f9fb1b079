import Diagnostics
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// Every node is between `▸` and `◂`, and nothing else is.
@Suite struct RangeTests {
  @Test(arguments: [
    // Scalars.
    "▸word◂", "▸two words◂", "▸\"quoted\"◂", "▸'single'◂", "▸\"with \\\"escapes\\\"\"◂", "▸''◂",
    "▸first\n  second◂\n",
    // Block mappings and lists.
    "▸▸a◂: ▸1◂◂", "▸▸a◂: ▸1◂\n▸b◂: ▸2◂◂\n", "▸▸a◂:\n  ▸▸b◂: ▸1◂\n  ▸c◂: ▸2◂◂\n▸d◂: ▸3◂◂\n\n\n",
    "▸- ▸1◂\n- ▸2◂◂\n", "▸▸a◂:\n▸- ▸1◂\n- ▸2◂◂\n▸b◂: ▸3◂◂",
    "▸- ▸▸a◂: ▸1◂\n  ▸b◂: ▸2◂◂\n- ▸▸c◂: ▸3◂◂◂",
    "▸- ▸- ▸1◂◂\n- ▸- ▸2◂◂◂\n",
    // Flow.
    "▸[]◂", "▸{}◂", "▸[▸a◂, ▸b◂]◂", "▸{▸a◂: ▸1◂, ▸b◂: ▸[▸2◂, ▸3◂]◂}◂", "▸[\n  ▸a◂,\n  ▸b◂,\n]◂",
    "▸▸a◂: ▸{▸b◂: ▸1◂ }◂◂ \n", "▸[▸▸a◂: ▸1◂◂]◂",
    // Empty where a value could be.
    "▸▸a◂:▸◂◂\n", "▸▸a◂:▸◂\n▸b◂: ▸1◂◂", "▸▸a◂:▸◂   # why\n\n▸b◂: ▸1◂◂", "▸-▸◂\n- ▸1◂◂",
    "▸{▸a◂: ▸◂, ▸b◂: ▸1◂}◂",
    // Block scalars end with their last character.
    "▸▸a◂: ▸|\n  one\n  two◂\n\n\n▸b◂: ▸1◂◂", "▸▸a◂: ▸>-\n  folded\n  text◂\n# comment\n▸b◂: ▸1◂◂",
    "▸▸a◂: ▸|◂\n\n▸b◂: ▸1◂◂", "▸▸a◂:\n  ▸- ▸|+\n    x◂\n\n\n  - ▸y◂◂◂\n",
    // Comments and markers.
    "# first\n▸▸a◂: ▸1◂◂ # then\n# last\n",
    "%YAML 1.2\n---\n▸▸a◂: ▸1◂◂\n...\n",
    "---\n▸▸a◂: ▸1◂◂",
    // Multibyte characters before the node.
    "# größe €😀\n▸▸ключ◂: ▸значение◂\n▸b◂: ▸\"ü\"◂◂", "▸[▸'ä'◂, ▸'😀'◂, ▸x◂]◂",
    // Anchors belong to the node they name; an alias is a node of its own.
    "▸▸a◂: ▸&x 1◂\n▸b◂: ▸*x◂◂", "▸▸a◂: ▸!!str 1◂◂",
    // An empty value, far from the next token.
    "▸? ▸a◂▸◂\n\n\n? ▸b◂▸◂◂\n\n\n", "▸- ▸a◂\n-▸◂◂\n\n\n", "▸▸a◂:▸◂◂\n\n\n\n", "▸{▸a◂▸◂, ▸b◂▸◂}◂",
    "▸[▸▸a◂: ▸◂◂]◂", "▸▸a◂: ▸!!str◂\n\n\n▸b◂: ▸1◂◂", "▸▸a◂: ▸&x◂\n\n\n▸b◂: ▸*x◂◂",
    "▸- ▸-▸◂◂\n\n\n- ▸b◂◂",
    "▸▸a◂:\n  ▸-▸◂◂\n\n\n▸b◂: ▸1◂◂",
    // An explicit key.
    "▸? ▸a◂\n: ▸1◂◂\n",
  ])
  func knowsWhereEveryNodeStands(_ marked: String) {
    expectRanges(marked)
    expectRanges("\u{FEFF}" + marked)
    expectRanges("# ä€😀\n" + marked)
    expectRanges(marked.replacing("\n", with: "\r\n"))
  }

  private func expectRanges(_ text: String) {
    let marked = MarkedText(text)
    let reading = Reading(marked.text)
    #expect(reading.diagnostics.isEmpty, "\(marked.text)")
    let inOrder = { (ranges: [Range<Int>]) in
      ranges.sorted { ($0.lowerBound, $0.upperBound) < ($1.lowerBound, $1.upperBound) }
    }
    #expect(inOrder(reading.ranges) == inOrder(marked.ranges), "\(marked.text.debugDescription)")
  }

  @Test func findsTheNodesOfAnAliasWhereTheyAreWritten() throws {
    let marked = MarkedText("a: &x [▸1◂]\nb: *x\n")
    let root = try #require(Reading(marked.text).document?.root)
    let alias = try #require(Array(root.entries).last?.value)
    #expect(alias.kind == .sequence)
    #expect(alias.items.map(\.range.offsets) == marked.ranges)
    #expect(alias.verbatimRange == nil)
  }

  @Test(arguments: ["▸plain◂", "'▸single◂'", "\"▸double◂\"", "'▸größe◂'", "\"▸◂\""])
  func pointsIntoTextThatStandsAsItIs(_ text: String) throws {
    let marked = MarkedText(text)
    let root = try #require(Reading(marked.text).document?.root)
    #expect(root.verbatimRange == marked.ranges[0])
  }

  @Test(arguments: ["'it''s'", "\"a\\tb\"", "a\n b", "|\n  a\n", "!!str a"])
  func pointsAtTheWholeWhereTextAndSourceDiffer(_ text: String) throws {
    #expect(try #require(Reading(text).document?.root).verbatimRange == nil)
  }
}
