import CLibYAML
import Diagnostics
import SourceText

/// Turns libyaml's events into the records of a document.
struct YAMLBuilder {
  private(set) var diagnostics: [Diagnostic]
  private let file: SourceFile
  private let offsets: MarkOffsets
  private var records: [YAMLDocument.Record] = []
  private var unescaped: [UInt8] = []
  /// The collections that are open.
  private var open: [(index: Int, isFlow: Bool)] = []
  /// Where the last completed node ends.
  private var lastEnd = 0
  private var anchors: [String: Int] = [:]
  private var aliasedNodes = 0
  private var documents = 0
  private var isBroken = false

  init(_ file: SourceFile, _ offsets: MarkOffsets, _ diagnostics: [Diagnostic]) {
    (self.file, self.offsets, self.diagnostics) = (file, offsets, diagnostics)
    records.reserveCapacity(file.bytes.count / 12)
  }

  mutating func build(from events: YAMLEvents) -> YAMLDocument? {
    var event = yaml_event_t()
    while !isBroken {
      if let failure = events.next(into: &event) {
        fail(
          failure.diagnostic(
            in: file, at: offsets[failure.codePoint], since: offsets[failure.contextCodePoint]))
        break
      }
      let isEnd = event.type == YAML_STREAM_END_EVENT
      add(event)
      yaml_event_delete(&event)
      if isEnd { break }
    }
    guard !isBroken else { return nil }
    let document = YAMLDocument(file: file, records: records, unescaped: unescaped)
    DuplicateKeys.report(in: document, &diagnostics)
    return document
  }

  private mutating func add(_ event: yaml_event_t) {
    switch event.type {
    case YAML_DOCUMENT_START_EVENT:
      documents += 1
      if documents == 2 { fail(.secondDocument(at: range(event))) }
    case YAML_SCALAR_EVENT: addScalar(event)
    case YAML_SEQUENCE_START_EVENT:
      let start = event.data.sequence_start
      let isFlow = start.style == YAML_FLOW_SEQUENCE_STYLE
      addCollection(.sequence, event, isFlow, anchor: start.anchor, tag: start.tag)
    case YAML_MAPPING_START_EVENT:
      let start = event.data.mapping_start
      let isFlow = start.style == YAML_FLOW_MAPPING_STYLE
      addCollection(.mapping, event, isFlow, anchor: start.anchor, tag: start.tag)
    case YAML_SEQUENCE_END_EVENT, YAML_MAPPING_END_EVENT: closeCollection(event)
    case YAML_ALIAS_EVENT: addAlias(event)
    default: break
    }
  }

  private mutating func addScalar(_ event: yaml_event_t) {
    let scalar = event.data.scalar
    var record = YAMLDocument.Record(kind: .scalar, range(event))
    record.isPlain = scalar.style == YAML_PLAIN_SCALAR_STYLE && scalar.tag == nil
    let value = UnsafeBufferPointer(start: scalar.value, count: scalar.length)
    let isQuoted =
      scalar.style == YAML_SINGLE_QUOTED_SCALAR_STYLE
      || scalar.style == YAML_DOUBLE_QUOTED_SCALAR_STYLE
    if scalar.style == YAML_LITERAL_SCALAR_STYLE || scalar.style == YAML_FOLDED_SCALAR_STYLE {
      record.end = UInt32(endWithoutBlankLines(Int(record.start)..<Int(record.end)))
    }
    if record.start == record.end, lastEnd < record.start,
      file.bytes[lastEnd..<Int(record.start)].allSatisfy(Self.blank.contains)
    {
      // libyaml places the empty value of a key without a colon at the next token.
      (record.start, record.end) = (UInt32(lastEnd), UInt32(lastEnd))
    }
    if value.contains(0) { fail(.nulInValue(at: range(record))) }
    let textStart = Int(record.start) + (isQuoted ? 1 : 0)
    record.textCount = UInt32(value.count)
    if textStart + value.count <= file.bytes.count,
      file.bytes[textStart..<textStart + value.count].elementsEqual(value)
    {
      record.textStart = UInt32(textStart)
    } else {
      record.isUnescaped = true
      record.textStart = UInt32(unescaped.count)
      unescaped.append(contentsOf: value)
    }
    checkTag(scalar.tag, isPlainTag: ["tag:yaml.org,2002:str", "!"], range(record))
    append(record, anchor: scalar.anchor)
    records[records.count - 1].next = UInt32(records.count)
    lastEnd = Int(record.end)
  }

  private mutating func addCollection(
    _ kind: YAMLDocument.Record.Kind, _ event: yaml_event_t, _ isFlow: Bool,
    anchor: UnsafeMutablePointer<yaml_char_t>?, tag: UnsafeMutablePointer<yaml_char_t>?
  ) {
    let record = YAMLDocument.Record(kind: kind, range(event))
    checkTag(
      tag, isPlainTag: ["tag:yaml.org,2002:\(kind == .sequence ? "seq" : "map")"], range(record))
    if open.count == YAMLDocument.maximumDepth { fail(.tooDeep(at: range(record))) }
    append(record, anchor: anchor)
    open.append((records.count - 1, isFlow))
  }

  private mutating func closeCollection(_ event: yaml_event_t) {
    guard let collection = open.popLast() else { return }
    // The end event of a block collection comes after the blank lines that follow it.
    let end = collection.isFlow ? range(event).upperBound : lastEnd
    lastEnd = max(end, Int(records[collection.index].start))
    records[collection.index].end = UInt32(lastEnd)
    records[collection.index].next = UInt32(records.count)
  }

  private mutating func addAlias(_ event: yaml_event_t) {
    var record = YAMLDocument.Record(kind: .alias, range(event))
    let name = String(cString: event.data.alias.anchor)
    guard let target = anchors[name] else {
      return fail(.unknownAnchor(name, at: range(record)))
    }
    guard !open.contains(where: { $0.index == target }) else {
      return fail(.recursiveAlias(name, at: range(record)))
    }
    aliasedNodes += expandedCount(target)
    if aliasedNodes > YAMLDocument.maximumAliasedNodes {
      return fail(.tooManyAliases(at: range(record)))
    }
    record.textStart = UInt32(target)
    record.next = UInt32(records.count + 1)
    records.append(record)
    lastEnd = Int(record.end)
  }

  /// How many nodes a reader of this subtree visits, following aliases.
  private func expandedCount(_ index: Int) -> Int {
    var count = 0
    for position in index..<Int(records[index].next) {
      let record = records[position]
      count += record.kind == .alias ? expandedCount(Int(record.textStart)) : 1
      if count > YAMLDocument.maximumAliasedNodes { break }
    }
    return count
  }

  private mutating func append(
    _ record: YAMLDocument.Record, anchor: UnsafeMutablePointer<yaml_char_t>?
  ) {
    if let anchor { anchors[String(cString: anchor)] = records.count }
    records.append(record)
  }

  private mutating func checkTag(
    _ tag: UnsafeMutablePointer<yaml_char_t>?, isPlainTag known: [String], _ range: SourceRange
  ) {
    guard let tag else { return }
    let name = String(cString: tag)
    if !known.contains(name) { fail(.unsupportedTag(name, at: range)) }
  }

  private mutating func fail(_ diagnostic: Diagnostic) {
    // Anything after the first syntax error is guesswork.
    if !isBroken { diagnostics.append(diagnostic) }
    isBroken = true
  }

  private func range(_ event: yaml_event_t) -> SourceRange {
    let start = offsets[Int(event.start_mark.index)]
    return SourceRange(start..<max(start, offsets[Int(event.end_mark.index)]), in: file.id)
  }

  private func range(_ record: YAMLDocument.Record) -> SourceRange {
    SourceRange(Int(record.start)..<Int(record.end), in: file.id)
  }

  private static let blank: Set<UInt8> = [0x20, 0x09, 0x0A, 0x0D]

  private func endWithoutBlankLines(_ range: Range<Int>) -> Int {
    (file.bytes[range].lastIndex { !Self.blank.contains($0) } ?? range.lowerBound) + 1
  }
}

extension YAMLDocument.Record {
  fileprivate init(kind: Kind, _ range: SourceRange) {
    self.init(kind: kind, start: UInt32(range.lowerBound), end: UInt32(range.upperBound))
  }
}
