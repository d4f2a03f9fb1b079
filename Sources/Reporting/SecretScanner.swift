/// Walks over YAML text and collects the values of secret keys.
///
/// It understands as much YAML as it takes to see where a value ends: plain, quoted, block
/// and flow style, values that continue on indented lines, and JSON's `"key":"value"`.
struct SecretScanner {
  private(set) var found: [Range<Int>] = []
  private let bytes: [UInt8]
  private var keys = SecretKeys()
  private var places: SecretPlaces
  /// Where the current line begins.
  private var lineStart = 0

  init(_ bytes: [UInt8]) { (self.bytes, places) = (bytes, SecretPlaces(bytes)) }

  mutating func scan() {
    defer { found += places.found }
    var index = 0
    while index < bytes.count {
      let byte = bytes[index]
      index += 1
      if byte == .lineFeed || byte == .carriageReturn {
        lineStart = index
      } else if byte == .colon || byte == .equals, let key = key(before: index - 1) {
        if byte == .colon, key.name == "users" { places.addUsers(after: index - 1, of: key.offset) }
        guard keys.contains(key.name) else { continue }
        if byte == .colon { places.addPassword(after: index - 1, of: key.offset) }
        // The quoting of `password=` inside a connection string does not matter here.
        let end =
          byte == .equals
          ? endOfLine(index)
          : end(ofValueAt: index, of: key)
        guard let end, end > index else { continue }
        let start = skipBlanks(index)
        if start < end { found.append(start..<end) }
        index = max(index, end)
      }
    }
  }

  private struct Key {
    let name: String
    let offset: Int
  }

  private func key(before colon: Int) -> Key? {
    var end = colon
    while end > 0, bytes[end - 1].isBlank { end -= 1 }
    // `? key`, with the value on a line of its own.
    if end == lineStart {
      while end > 0, bytes[end - 1].isBlank || bytes[end - 1].isLineBreak { end -= 1 }
    }
    guard end > 0 else { return nil }
    let last = bytes[end - 1]
    if last == .doubleQuote || last == .singleQuote {
      let start = bytes[..<(end - 1)].lastIndex { $0 == last || $0.isLineBreak } ?? end - 1
      guard start < end - 1, bytes[start] == last else { return nil }
      return Key(name: String(decoding: bytes[start + 1..<end - 1], as: UTF8.self), offset: start)
    }
    var start = end
    while start > 0, bytes[start - 1].isWord, end - start <= 64 { start -= 1 }
    return start == end
      ? nil : Key(name: String(decoding: bytes[start..<end], as: UTF8.self), offset: start)
  }

  /// The end of the value, or nil for a collection, whose own keys decide.
  private func end(ofValueAt colon: Int, of key: Key) -> Int? {
    var start = skipBlanks(colon)
    while start < bytes.count, bytes[start] == .ampersand || bytes[start] == .exclamationMark {
      while start < bytes.count, !bytes[start].isBlank, !bytes[start].isLineBreak { start += 1 }
      start = skipBlanks(start)
    }
    guard start < bytes.count else { return nil }
    let isLiteral = key.name.lowercased() == "literal"
    switch bytes[start] {
    case .doubleQuote, .singleQuote: return end(ofQuotedAt: start)
    case .openBrace, .openBracket: return isLiteral ? endOfLine(start) : nil
    case .numberSign where start > colon: return nil
    case .verticalBar, .greaterThan: return endOfDeeperLines(endOfLine(start))
    case _ where bytes[start].isLineBreak:
      guard isLiteral || !isMapping(after: start) else { return nil }
      return endOfDeeperLines(start)
    default: return end(ofPlainAt: start, isInFlow: isInFlow(key.offset))
    }
  }

  private func end(ofQuotedAt start: Int) -> Int {
    let quote = bytes[start]
    var index = start + 1
    while index < bytes.count {
      if bytes[index] == .backslash, quote == .doubleQuote {
        index += 2
      } else if bytes[index] != quote {
        index += 1
      } else if quote == .singleQuote, index + 1 < bytes.count, bytes[index + 1] == quote {
        index += 2
      } else {
        // Text after the closing quote on the same line is a mistake, perhaps one of quoting.
        return end(ofPlainAt: index + 1, isInFlow: true)
      }
    }
    return endOfLine(start)
  }

  private func end(ofPlainAt start: Int, isInFlow: Bool) -> Int {
    var index = start
    while index < bytes.count, !bytes[index].isLineBreak {
      if isInFlow, [.comma, .closeBrace, .closeBracket].contains(bytes[index]) { return index }
      if bytes[index] == .numberSign, index > 0, bytes[index - 1].isBlank { break }
      index += 1
    }
    if index < bytes.count, bytes[index].isLineBreak, !isInFlow {
      let deeper = endOfDeeperLines(index)
      if deeper > index { return deeper }
    }
    while index > start, bytes[index - 1].isBlank { index -= 1 }
    return index
  }

  /// Whether something before the key on its line opened or separated flow entries.
  private func isInFlow(_ key: Int) -> Bool {
    lineStart < key
      && bytes[lineStart..<key].contains { [.openBrace, .openBracket, .comma].contains($0) }
  }

  /// The end of the lines after `index` that are empty or indented more than the current one.
  private func endOfDeeperLines(_ index: Int) -> Int {
    let indentation = skipBlanks(lineStart) - lineStart
    var end = index
    var next = index
    while next < bytes.count {
      let start = next + lineBreakCount(at: next)
      let first = skipBlanks(start)
      if first < bytes.count, !bytes[first].isLineBreak {
        guard first - start > indentation else { break }
        end = endOfLine(first)
      }
      next = endOfLine(first)
    }
    return end
  }

  /// Whether the next line that is not empty holds a key or begins a collection.
  private func isMapping(after index: Int) -> Bool {
    var start = index
    while start < bytes.count, bytes[start].isBlank || bytes[start].isLineBreak { start += 1 }
    let line = bytes[start..<endOfLine(start)]
    guard let first = line.first else { return true }
    return first == .openBrace || first == .openBracket || first == .numberSign
      || line.contains(.colon)
  }

  private func lineBreakCount(at index: Int) -> Int {
    let isPair =
      bytes[index] == .carriageReturn && index + 1 < bytes.count && bytes[index + 1] == .lineFeed
    return isPair ? 2 : 1
  }

  private func endOfLine(_ index: Int) -> Int {
    bytes[min(index, bytes.count)...].firstIndex { $0.isLineBreak } ?? bytes.count
  }

  private func skipBlanks(_ index: Int) -> Int {
    bytes[min(index, bytes.count)...].firstIndex { !$0.isBlank } ?? bytes.count
  }
}
