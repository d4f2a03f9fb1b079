/// The lines of a file as the server puts them together (`tokenize_auth_file` in hba.c,
/// `pg_get_line_append` in pg_get_line.c): continued by a backslash at the end, without
/// line breaks, and with what a NUL byte does to C strings.
struct HBALines: Sequence, IteratorProtocol {
  /// One line of tokens, from one or more lines of the file.
  struct Line {
    let bytes: [UInt8]
    /// The first of its lines in the file, from 1.
    let number: Int
  }

  private var rest: ArraySlice<UInt8>
  private var number = 1
  /// The size of the buffer that the server reads into; it matters where a NUL is in the
  /// way, since `fgets` reads on to the end of the buffer.
  private var bufferSize = 1024

  init(_ bytes: [UInt8]) { rest = bytes[...] }

  mutating func next() -> Line? {
    guard !rest.isEmpty else { return nil }
    var line: [UInt8] = []
    var continuedAt = 0
    var count = 1
    while appendPhysicalLine(to: &line) {
      Self.strip(&line)
      // A second backslash right after a continuation is a character like others.
      guard line.count > continuedAt, line.last == UInt8(ascii: "\\") else { break }
      line.removeLast()
      continuedAt = line.count
      count += 1
    }
    defer { number += count }
    return Line(bytes: line, number: number)
  }

  /// False at the end of the file.
  private mutating func appendPhysicalLine(to line: inout [UInt8]) -> Bool {
    let start = line.count
    while !rest.isEmpty {
      let chunk = chunk(of: bufferSize - line.count - 1)
      rest = rest.dropFirst(chunk.count)
      line += chunk.prefix { $0 != 0 }
      if line.count > start, line.last == UInt8(ascii: "\n") { return true }
      // `enlargeStringInfo(buf, 128)`
      while bufferSize < line.count + 129 { bufferSize *= 2 }
    }
    return line.count > start
  }

  /// What `fgets` reads: through the next line feed, or as much as there is room for.
  private func chunk(of room: Int) -> ArraySlice<UInt8> {
    let most = rest.prefix(Swift.max(room, 1))
    guard let end = most.firstIndex(of: UInt8(ascii: "\n")) else { return most }
    return most[...end]
  }

  /// `pg_strip_crlf` takes away every line break at the end.
  private static func strip(_ line: inout [UInt8]) {
    while line.last == UInt8(ascii: "\n") || line.last == UInt8(ascii: "\r") { line.removeLast() }
  }
}
