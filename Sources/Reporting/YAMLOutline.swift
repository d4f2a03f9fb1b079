/// The entries of a collection in YAML text, as far as one can tell without parsing all of
/// it: where its keys and values are.
///
/// The text may be broken, so this guesses: a collection in brackets ends with its bracket,
/// or with the lines that are indented more than the line where it begins.
struct YAMLOutline {
  enum Collection {
    case mapping([Entry])
    case sequence([Range<Int>])
  }

  /// A key and its value, both without the blanks and comments around them. A missing value
  /// is an empty range.
  struct Entry {
    let key: Range<Int>
    let value: Range<Int>
  }

  private let bytes: [UInt8]

  init(_ bytes: [UInt8]) { self.bytes = bytes }

  /// The collection that is the value after a colon; nil for a scalar or no value.
  ///
  /// - Parameter key: Where the key before the colon begins.
  func collection(after colon: Int, of key: Int) -> Collection? {
    let start = skippingBlanks(colon + 1)
    guard start < bytes.count else { return nil }
    switch bytes[start] {
    case .openBrace, .openBracket: return flow(at: start, of: key)
    case _ where bytes[start].isLineBreak || bytes[start] == .numberSign:
      return block(after: endOfLine(start), column: key - lineStart(key))
    default: return nil
    }
  }

  /// The text of a key or a scalar, without its quotes.
  func text(_ range: Range<Int>) -> String {
    var range = range
    if range.count > 1, let first = bytes[range].first, first == bytes[range].last,
      first == .doubleQuote || first == .singleQuote
    {
      range = range.lowerBound + 1..<range.upperBound - 1
    }
    return String(decoding: bytes[range], as: UTF8.self)
  }

  private func flow(at start: Int, of key: Int) -> Collection {
    let limit = endOfDeeperLines(start, column: indentation(ofLineAt: key))
    var items: [Range<Int>] = []
    var (depth, itemStart, index) = (0, start + 1, start)
    scan: while index < limit {
      switch bytes[index] {
      case .doubleQuote where isAtStart(of: itemStart, index),
        .singleQuote where isAtStart(of: itemStart, index):
        index = endOfQuoted(index, limit)
        continue
      case .openBrace, .openBracket: depth += 1
      case .closeBrace, .closeBracket:
        depth -= 1
        if depth == 0 { break scan }
      case .comma where depth == 1:
        items.append(itemStart..<index)
        itemStart = index + 1
      default: break
      }
      index += 1
    }
    items.append(itemStart..<max(index, itemStart))
    let trimmed = items.map(trimmed).filter { !$0.isEmpty }
    return bytes[start] == .openBracket ? .sequence(trimmed) : .mapping(trimmed.map(entry))
  }

  /// The lines below a key that are indented more than it; those of a sequence may have the
  /// same indentation.
  private func block(after end: Int, column: Int) -> Collection? {
    var entries: [Entry] = []
    var items: [Range<Int>] = []
    var first: Int?
    var line = nextLine(end)
    while line < bytes.count {
      let start = skippingBlanks(line)
      guard start < bytes.count else { break }
      if bytes[start].isLineBreak || bytes[start] == .numberSign {
        line = nextLine(endOfLine(start))
        continue
      }
      let isItem = bytes[start] == .hyphen && start + 1 < bytes.count && !bytes[start + 1].isWord
      let depth = start - line
      guard depth > column || isItem && depth == column, depth >= first ?? 0 else { break }
      first = first ?? depth
      let end = endOfDeeperLines(start, column: depth)
      if isItem {
        items.append(trimmed(start + 1..<end))
      } else {
        entries.append(entry(trimmed(start..<end)))
      }
      line = nextLine(end)
    }
    if !items.isEmpty { return .sequence(items) }
    // A single line without a colon is a scalar.
    let isScalar = entries.count == 1 && entries[0].value.isEmpty && !isColon(after: entries[0].key)
    return entries.isEmpty || isScalar ? nil : .mapping(entries)
  }

  private func isColon(after key: Range<Int>) -> Bool {
    let index = skippingBlanks(key.upperBound)
    return index < bytes.count && bytes[index] == .colon
  }

  private func entry(_ item: Range<Int>) -> Entry {
    var index = item.lowerBound
    if index < item.upperBound, bytes[index] == .doubleQuote || bytes[index] == .singleQuote {
      index = endOfQuoted(index, item.upperBound)
    }
    guard let colon = bytes[min(index, item.upperBound)..<item.upperBound].firstIndex(of: .colon)
    else { return Entry(key: item, value: item.upperBound..<item.upperBound) }
    return Entry(
      key: trimmed(item.lowerBound..<colon), value: trimmed(colon + 1..<item.upperBound))
  }

  /// The range without blanks, line breaks and a comment at its end.
  private func trimmed(_ range: Range<Int>) -> Range<Int> {
    var (start, end) = (range.lowerBound, range.upperBound)
    while start < end, bytes[start].isBlank || bytes[start].isLineBreak { start += 1 }
    let lastLine = bytes[start..<end].lastIndex(where: \.isLineBreak).map { $0 + 1 } ?? start
    let isQuoted = start < end && [.doubleQuote, .singleQuote].contains(bytes[start])
    let quoted = isQuoted ? endOfQuoted(start, end) : lastLine
    for index in max(lastLine, quoted)..<max(end, lastLine, quoted)
    where bytes[index] == .numberSign && index > start && bytes[index - 1].isBlank {
      end = index
      break
    }
    while end > start, bytes[end - 1].isBlank || bytes[end - 1].isLineBreak { end -= 1 }
    return start..<max(start, end)
  }

  private func isAtStart(of item: Int, _ index: Int) -> Bool {
    var before = index
    while before > item, bytes[before - 1].isBlank || bytes[before - 1].isLineBreak { before -= 1 }
    return before == item || [.colon, .openBrace, .openBracket, .comma].contains(bytes[before - 1])
  }

  private func endOfQuoted(_ start: Int, _ limit: Int) -> Int {
    var index = start + 1
    while index < limit {
      if bytes[index] == .backslash, bytes[start] == .doubleQuote {
        index += 2
      } else if bytes[index] == bytes[start] {
        return index + 1
      } else {
        index += 1
      }
    }
    return limit
  }

  /// The end of the line and of the following lines that are empty or indented beyond the column.
  private func endOfDeeperLines(_ index: Int, column: Int) -> Int {
    var end = endOfLine(index)
    var line = nextLine(end)
    while line < bytes.count {
      let start = skippingBlanks(line)
      if start < bytes.count, !bytes[start].isLineBreak {
        // A bracket may close at the indentation of its key.
        let closes = [.closeBrace, .closeBracket].contains(bytes[start]) && start - line == column
        guard start - line > column || closes else { break }
        end = endOfLine(start)
      }
      line = nextLine(endOfLine(start))
    }
    return end
  }

  private func indentation(ofLineAt index: Int) -> Int {
    skippingBlanks(lineStart(index)) - lineStart(index)
  }

  private func lineStart(_ index: Int) -> Int {
    bytes[..<index].lastIndex(where: \.isLineBreak).map { $0 + 1 } ?? 0
  }

  private func endOfLine(_ index: Int) -> Int {
    bytes[min(index, bytes.count)...].firstIndex(where: \.isLineBreak) ?? bytes.count
  }

  private func nextLine(_ end: Int) -> Int {
    guard end < bytes.count else { return bytes.count }
    let isPair =
      bytes[end] == .carriageReturn && end + 1 < bytes.count && bytes[end + 1] == .lineFeed
    return end + (isPair ? 2 : 1)
  }

  private func skippingBlanks(_ index: Int) -> Int {
    bytes[min(index, bytes.count)...].firstIndex { !$0.isBlank } ?? bytes.count
  }
}
