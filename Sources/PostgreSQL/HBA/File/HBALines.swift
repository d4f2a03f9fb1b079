/// The lines of a file as the server assembles them (`tokenize_auth_file` in hba.c,
/// `pg_get_line_append` in pg_get_line.c): continued by a backslash at the end, without
/// line breaks, and with the effect that a NUL byte has on C strings.
struct HBALines: Sequence, IteratorProtocol {
  /// One logical line, from one or more lines of the file.
  struct Line {
    let bytes: [UInt8]
    /// The number of its first line in the file, from 1.
    let number: Int
    /// The parts that were read in one go: where each begins here and in the file. Both ascend.
    fileprivate let chunks: [Chunk]

    /// A line that was read elsewhere.
    init(_ bytes: [UInt8]) {
      self.init(bytes: bytes, number: 1, chunks: [Chunk(line: 0, file: 0)])
    }

    fileprivate init(bytes: [UInt8], number: Int, chunks: [Chunk]) {
      (self.bytes, self.number, self.chunks) = (bytes, number, chunks)
    }

    /// The bytes of the file that a range of this line comes from.
    /// - Parameter range: Must not be empty.
    func rangeInFile(of range: Range<Int>) -> Range<Int> {
      offsetInFile(of: range.lowerBound)..<offsetInFile(of: range.upperBound - 1) + 1
    }

    /// The offset after its last byte.
    var endInFile: Int { bytes.isEmpty ? chunks[0].file : offsetInFile(of: bytes.count - 1) + 1 }

    private func offsetInFile(of offset: Int) -> Int {
      // A line may span all lines of a file, so search by bisection rather than scanning
      // for each word.
      var (low, high) = (0, chunks.count - 1)
      while low < high {
        let middle = (low + high + 1) / 2
        if chunks[middle].line <= offset { low = middle } else { high = middle - 1 }
      }
      return chunks[low].file + offset - chunks[low].line
    }
  }

  fileprivate struct Chunk {
    let line: Int
    let file: Int
  }

  private var rest: ArraySlice<UInt8>
  private var number = 1
  /// The size of the server's read buffer. It matters if there is a NUL, since `fgets`
  /// reads on to the end of the buffer.
  private var bufferSize = 1024

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    var line: [UInt8] = []
    var chunks: [Chunk] = []
    var continuedAt = 0
    var count = 1
    while appendPhysicalLine(to: &line, &chunks) {
      Self.strip(&line)
      // A second backslash right after a continuation is an ordinary character.
      guard line.count > continuedAt, line.last == UInt8(ascii: "\\") else { break }
      line.removeLast()
      continuedAt = line.count
      count += 1
    }
    defer { number += count }
    return Line(bytes: line, number: number, chunks: chunks)
  }

  /// False at the end of the file.
  private mutating func appendPhysicalLine(
    to line: inout [UInt8], _ chunks: inout [Chunk]
  ) -> Bool {
    let start = line.count
    while !rest.isEmpty {
      // Drop parts of which a NUL or stripped line breaks left nothing.
      while let last = chunks.last, last.line >= line.count { chunks.removeLast() }
      chunks.append(Chunk(line: line.count, file: rest.startIndex))
      let chunk = chunk(of: bufferSize - line.count - 1)
      rest = rest.dropFirst(chunk.count)
      line += chunk.prefix { $0 != 0 }
      if line.count > start, line.last == UInt8(ascii: "\n") { return true }
      // `enlargeStringInfo(buf, 128)`
      while bufferSize < line.count + 129 { bufferSize *= 2 }
    }
    return line.count > start
  }

  /// What `fgets` reads: up to and including the next line feed, or as much as there is room for.
  private func chunk(of room: Int) -> ArraySlice<UInt8> {
    let most = rest.prefix(Swift.max(room, 1))
    guard let end = most.firstIndex(of: UInt8(ascii: "\n")) else { return most }
    return most[...end]
  }

  /// `pg_strip_crlf` removes every line break at the end.
  private static func strip(_ line: inout [UInt8]) {
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
  }
}
