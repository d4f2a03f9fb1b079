/// The offsets at which the lines of a file begin, to turn offsets into lines and columns.
///
/// A line ends at LF, CR LF or a lone CR. libyaml also counts NEL, LS and PS, which no
/// editor does, so its line numbers are never used.
package struct LineTable: Sendable {
  /// A place as people count: both numbers from 1, the column in Unicode code points.
  package struct Position: Hashable, Sendable {
    package let line: Int
    package let column: Int
  }

  private let bytes: [UInt8]
  private let starts: [Int]
  /// How many bytes before each stride begin a character: a column of a line of megabytes takes
  /// no longer than one of a short line.
  private let characters: [Int]

  private static let stride = 256

  package init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    var characters: [Int] = []
    var count = 0
    for (index, byte) in bytes.enumerated() {
      if index % Self.stride == 0 { characters.append(count) }
      if !byte.isUTF8Continuation { count += 1 }
    }
    self.characters = characters
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == UInt8(ascii: "\n") {
        starts.append(index)
      } else if byte == UInt8(ascii: "\r") {
        if index < bytes.count, bytes[index] == UInt8(ascii: "\n") { index += 1 }
        starts.append(index)
      }
    }
    self.starts = starts
  }

  package func position(at offset: Int) -> Position {
    let offset = min(offset, bytes.count)
    let line = lineIndex(at: offset)
    var start = starts[line]
    if line == 0, bytes.starts(with: [0xEF, 0xBB, 0xBF]) { start = min(3, offset) }
    return Position(line: line + 1, column: characters(in: start..<offset) + 1)
  }

  private func characters(in offsets: Range<Int>) -> Int {
    guard offsets.count > Self.stride else {
      return bytes[offsets].count { !$0.isUTF8Continuation }
    }
    return characters(before: offsets.upperBound) - characters(before: offsets.lowerBound)
  }

  private func characters(before offset: Int) -> Int {
    let stride = min(offset / Self.stride, characters.count - 1)
    return characters[stride]
      + bytes[stride * Self.stride..<offset].count { !$0.isUTF8Continuation }
  }

  /// The UTF-8 offsets of a line (counted from 1), excluding its line break.
  package func contents(ofLine line: Int) -> Range<Int> {
    let start = starts[line - 1]
    var end = line < starts.count ? starts[line] : bytes.count
    while end > start, [UInt8(ascii: "\n"), UInt8(ascii: "\r")].contains(bytes[end - 1]) {
      end -= 1
    }
    return start..<end
  }

  private func lineIndex(at offset: Int) -> Int {
    var (low, high) = (0, starts.count - 1)
    while low < high {
      let middle = (low + high + 1) / 2
      if starts[middle] <= offset { low = middle } else { high = middle - 1 }
    }
    return low
  }
}

extension UInt8 {
  /// Whether this byte continues a multibyte UTF-8 sequence.
  fileprivate var isUTF8Continuation: Bool { self & 0xC0 == 0x80 }
}
