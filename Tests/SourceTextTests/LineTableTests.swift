import SourceText
import TestSupport
import Testing

@Suite struct LineTableTests {
  private func position(_ text: String, at offset: Int) -> LineTable.Position {
    LineTable(Array(text.utf8)).position(at: offset)
  }

  private func place(_ line: Int, _ column: Int) -> LineTable.Position {
    // The only way to create one is through a table with that many lines and columns.
    let text = String(repeating: "\n", count: line - 1) + String(repeating: "x", count: column - 1)
    return position(text, at: text.utf8.count)
  }

  @Test func countsFromOne() {
    let start = position("abc", at: 0)
    #expect(start.line == 1 && start.column == 1)
  }

  @Test(arguments: ["a\nbc\n", "a\r\nbc\r\n", "a\rbc\r"])
  func endsALineAtLineFeedCarriageReturnAndBoth(_ text: String) throws {
    let bytes = Array(text.utf8)
    let table = LineTable(bytes)
    let c = try #require(bytes.firstIndex(of: UInt8(ascii: "c")))
    #expect(table.position(at: c) == place(2, 2))
    #expect(table.position(at: bytes.count) == place(3, 1))
    #expect(Array(bytes[table.contents(ofLine: 2)]) == Array("bc".utf8))
    #expect(table.contents(ofLine: 3) == bytes.count..<bytes.count)
  }

  @Test func keepsALineFeedWithItsCarriageReturn() {
    #expect(position("a\r\nb", at: 2) == place(1, 3))
    #expect(position("a\r\r\nb", at: 4) == place(3, 1))
  }

  @Test func countsCodePointsAsColumns() {
    #expect(position("äöü€😀x", at: "äöü€😀".utf8.count) == place(1, 6))
  }

  @Test func doesNotCountAByteOrderMark() {
    #expect(position("\u{FEFF}abc", at: 3) == place(1, 1))
    #expect(position("\u{FEFF}abc", at: 5) == place(1, 3))
    #expect(position("\u{FEFF}abc", at: 0) == place(1, 1))
    #expect(position("a\n\u{FEFF}b", at: 5) == place(2, 2))
  }

  @Test(arguments: ["\u{85}", "\u{2028}", "\u{2029}", "\u{B}", "\u{C}"])
  func takesOtherSeparatorsForCharacters(_ separator: String) {
    #expect(position("a\(separator)b", at: 1 + separator.utf8.count) == place(1, 3))
  }

  @Test func staysInTheFileBeyondItsEnd() {
    #expect(position("ab\nc", at: 99) == place(2, 2))
    #expect(position("", at: 0) == place(1, 1))
  }

  @Test func findsTheContentsOfEveryLine() {
    let bytes = Array("eins\r\n\nzwei\rdrei".utf8)
    let table = LineTable(bytes)
    let lines = (1...4).map { String(decoding: bytes[table.contents(ofLine: $0)], as: UTF8.self) }
    #expect(lines == ["eins", "", "zwei", "drei"])
  }

  /// The slow way, for random bytes: walk and count.
  @Test func agreesWithCountingByHand() {
    var random = SeededGenerator(seed: 1)
    let alphabet: [[UInt8]] = [[10], [13], [13, 10], [97], [98], Array("ä".utf8), Array("😀".utf8)]
    for _ in 0..<500 {
      var bytes: [UInt8] = []
      for _ in 0..<Int.random(in: 0..<12, using: &random) {
        bytes += alphabet.randomElement(using: &random) ?? []
      }
      let table = LineTable(bytes)
      var (line, column) = (1, 1)
      for (index, byte) in bytes.enumerated() {
        if byte & 0xC0 != 0x80 { #expect(table.position(at: index) == place(line, column)) }
        let isPairStart = byte == 13 && index + 1 < bytes.count && bytes[index + 1] == 10
        if byte == 10 || byte == 13 && !isPairStart {
          (line, column) = (line + 1, 1)
        } else if byte & 0xC0 != 0x80 {
          column += 1
        }
      }
      #expect(table.position(at: bytes.count) == place(line, column))
    }
  }

  /// Of a long line, too, where not every byte is counted anew.
  @Test func countsTheColumnsOfALongLine() {
    let bytes = Array(("\u{FEFF}ab\n" + String(repeating: "aä€😀", count: 300) + "\nab").utf8)
    let table = LineTable(bytes)
    let start = 6
    for offset in stride(from: start, to: start + 3_000, by: 7) {
      let column = bytes[start..<offset].count { $0 & 0xC0 != 0x80 } + 1
      #expect(table.position(at: offset).column == column)
      #expect(table.position(at: offset).line == 2)
    }
    #expect(table.position(at: bytes.count).column == 3)
  }
}
