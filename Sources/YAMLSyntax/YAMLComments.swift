import Diagnostics
package import SourceText

/// A comment, from its `#` to the end of the line.
package struct YAMLComment: Hashable, Sendable {
  package let range: SourceRange
  /// The line with the comment, including its line break.
  package let line: Range<Int>
  /// Whether nothing else is on its line.
  package let isAlone: Bool

  /// The edit that removes it: with its line if it is alone there, otherwise with the
  /// blanks before it.
  package let removal: TextEdit
}

extension YAMLDocument {
  /// The comments whose text begins with a word, after optional blanks, in order.
  ///
  /// libyaml drops comments. A `#` begins one at the start of a line or after a blank,
  /// outside scalars (YAML 1.2.2, section 6.6).
  package func comments(beginningWith word: StaticString) -> [YAMLComment] {
    let starts = file.bytes.withUnsafeBufferPointer { bytes in
      Self.numberSigns(
        before: UnsafeBufferPointer(start: word.utf8Start, count: word.utf8CodeUnitCount), in: bytes
      )
    }
    guard !starts.isEmpty else { return [] }
    var comments: [YAMLComment] = []
    var scalars = records.filter { $0.kind == .scalar && $0.start < $0.end }[...]
    for start in starts {
      while let first = scalars.first, Int(first.end) <= start { scalars.removeFirst() }
      if let scalar = scalars.first, Int(scalar.start) <= start, !isHeader(of: scalar, start) {
        continue
      }
      comments.append(comment(at: start))
    }
    return comments
  }

  /// Whether a part of the file holds a comment, or the beginning of one.
  package func hasComment(in range: SourceRange) -> Bool {
    comments(beginningWith: "").contains { range.offsets.contains($0.range.lowerBound) }
  }

  /// The positions of each `#` before this word that may begin a comment.
  private static func numberSigns(
    before word: UnsafeBufferPointer<UInt8>, in bytes: UnsafeBufferPointer<UInt8>
  ) -> [Int] {
    var found: [Int] = []
    for index in bytes.indices where bytes[index] == UInt8(ascii: "#") {
      guard index == 0 || isBlankOrBreak(bytes[index - 1]) || index == 3 && bytes[0] == 0xEF else {
        continue
      }
      var text = index + 1
      while text < bytes.count, bytes[text] == 0x20 || bytes[text] == 0x09 { text += 1 }
      if text + word.count <= bytes.count,
        UnsafeBufferPointer(rebasing: bytes[text..<text + word.count]).elementsEqual(word)
      {
        found.append(index)
      }
    }
    return found
  }

  private static func isBlankOrBreak(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D
  }

  /// Whether the offset is in the first line of a block scalar, which may end with a comment.
  private func isHeader(of scalar: Record, _ offset: Int) -> Bool {
    let first = file.bytes[skipProperties(Int(scalar.start))]
    guard first == UInt8(ascii: "|") || first == UInt8(ascii: ">") else { return false }
    return !file.bytes[Int(scalar.start)..<offset].contains { $0 == 0x0A || $0 == 0x0D }
  }

  private func comment(at start: Int) -> YAMLComment {
    let line = line(around: start)
    let end = contentEnd(of: line)
    var textEnd = start
    while textEnd > line.lowerBound, file.bytes[textEnd - 1].isBlank { textEnd -= 1 }
    let isAlone = textEnd == line.lowerBound || textEnd == 3 && file.bytes[0] == 0xEF
    let removed = isAlone ? textEnd..<line.upperBound : textEnd..<end
    return YAMLComment(
      range: SourceRange(start..<end, in: file.id), line: line, isAlone: isAlone,
      removal: TextEdit(SourceRange(removed, in: file.id), ""))
  }

  /// The next line that is neither empty nor just a comment, or nil.
  package func lineOfText(after comment: YAMLComment) -> Range<Int>? {
    var start = comment.line.upperBound
    while start < file.bytes.count {
      let line = line(around: start)
      let text = file.bytes[line].first { !$0.isBlank && !$0.isLineBreak }
      if let text, text != UInt8(ascii: "#") { return line }
      start = line.upperBound
    }
    return nil
  }
}
