import Diagnostics
import SourceText

/// Lines and blanks of the source, for edits.
extension YAMLDocument {
  /// The line that contains an offset, including its line break.
  func line(around offset: Int) -> Range<Int> {
    var start = offset
    while start > 0, !endsLine(at: start - 1) { start -= 1 }
    var end = offset
    while end < file.bytes.count, !endsLine(at: end) { end += 1 }
    return start..<min(end + 1, file.bytes.count)
  }

  /// Whether the byte is the last of a line break: LF, or a CR without an LF after it.
  private func endsLine(at offset: Int) -> Bool {
    let byte = file.bytes[offset]
    if byte == UInt8(ascii: "\n") { return true }
    return byte == UInt8(ascii: "\r")
      && !(offset + 1 < file.bytes.count && file.bytes[offset + 1] == UInt8(ascii: "\n"))
  }

  /// Where a line ends, excluding its line break.
  func contentEnd(of line: Range<Int>) -> Int {
    var end = line.upperBound
    while end > line.lowerBound, file.bytes[end - 1].isLineBreak { end -= 1 }
    return end
  }

  /// The first offset from here on that is not a blank of this line.
  func skipBlanks(_ offset: Int) -> Int {
    var offset = offset
    while offset < file.bytes.count, file.bytes[offset].isBlank { offset += 1 }
    return offset
  }

  /// Where a node's content begins, after its anchor and tag.
  func skipProperties(_ offset: Int) -> Int {
    var offset = offset
    while offset < file.bytes.count,
      file.bytes[offset] == UInt8(ascii: "&") || file.bytes[offset] == UInt8(ascii: "!")
    {
      while offset < file.bytes.count, !file.bytes[offset].isBlank, !file.bytes[offset].isLineBreak
      {
        offset += 1
      }
      while offset < file.bytes.count, file.bytes[offset].isBlank || file.bytes[offset].isLineBreak
      {
        offset += 1
      }
    }
    return min(offset, max(file.bytes.count - 1, 0))
  }

  /// Whether the range contains the start of a line with nothing but a comment.
  func hasCommentLine(in range: Range<Int>) -> Bool {
    var start = range.lowerBound
    while start < range.upperBound {
      let line = line(around: start)
      if line.lowerBound >= range.lowerBound,
        file.bytes[line].first(where: { !$0.isBlank }) == UInt8(ascii: "#")
      {
        return true
      }
      start = line.upperBound
    }
    return false
  }
}

extension UInt8 {
  var isBlank: Bool { self == 0x20 || self == 0x09 }
  var isLineBreak: Bool { self == 0x0A || self == 0x0D }
}
