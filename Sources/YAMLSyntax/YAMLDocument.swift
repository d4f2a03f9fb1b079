import Diagnostics
package import SourceText

/// One parsed YAML document: flat arrays instead of a tree of objects.
///
/// Nearly all the time of a parse is libyaml's own; a tree of allocated nodes would double
/// it. So a node is a small record in document order, its text is a range of the source
/// wherever source and value agree, and `YAMLNode` is a view of a record.
package final class YAMLDocument: Sendable {
  /// A node as stored. Offsets are UTF-8 offsets into the source.
  struct Record: Sendable {
    enum Kind: UInt8, Sendable { case scalar, sequence, mapping, alias }

    var kind: Kind
    /// Whether a scalar is written without quotes and so may be a number or null.
    var isPlain = false
    /// Whether a scalar's text is in `unescaped` instead of the source.
    var isUnescaped = false
    var start: UInt32
    var end: UInt32
    /// Where a scalar's text begins; for an alias, the index of the record it names.
    var textStart: UInt32 = 0
    var textCount: UInt32 = 0
    /// The index of the first record after this one and all its descendants.
    var next: UInt32 = 0
  }

  package let file: SourceFile
  let records: [Record]
  /// The texts of scalars that differ from their source: escapes, folded lines.
  let unescaped: [UInt8]

  init(file: SourceFile, records: [Record], unescaped: [UInt8]) {
    (self.file, self.records, self.unescaped) = (file, records, unescaped)
  }

  /// The only root, or nil if the file contains no node.
  package var root: YAMLNode? { records.isEmpty ? nil : YAMLNode(document: self, index: 0) }
}

/// A place in a document: a scalar, a sequence or a mapping.
package struct YAMLNode: Sendable {
  package enum Kind: Sendable { case scalar, sequence, mapping }

  let document: YAMLDocument
  let index: Int

  /// The node's kind; an alias has the kind of its target.
  package var kind: Kind {
    switch target.kind {
    case .scalar: .scalar
    case .sequence: .sequence
    case .mapping, .alias: .mapping
    }
  }

  /// The node's range; for an alias, that of the alias itself.
  package var range: SourceRange {
    SourceRange(Int(record.start)..<Int(record.end), in: document.file.id)
  }

  var isAlias: Bool { record.kind == .alias }

  /// The range of a node's text; for an alias, that of its target.
  var sourceOffsets: Range<Int> { Int(target.start)..<Int(target.end) }

  /// The scalar, or nil for a collection.
  package var scalar: YAMLScalar? {
    target.kind == .scalar ? YAMLScalar(text: text, isPlain: target.isPlain) : nil
  }

  /// The range where a scalar's text is written verbatim, so that one can point at part of
  /// it; nil if quotes, escapes or folding make text and source differ.
  package var verbatimRange: Range<Int>? {
    guard record.kind == .scalar, !record.isUnescaped else { return nil }
    return Int(record.textStart)..<Int(record.textStart + record.textCount)
  }

  /// The items of a sequence; empty for other nodes.
  package var items: Children {
    Children(document: document, range: target.kind == .sequence ? children : 0..<0)
  }

  /// The keys and values of a mapping, in order; empty for other nodes.
  package var entries: Entries {
    Entries(base: Children(document: document, range: target.kind == .mapping ? children : 0..<0))
  }

  /// Whether this is a scalar with exactly that text. Creates no `String`.
  package func hasText(_ other: StaticString) -> Bool {
    guard target.kind == .scalar, Int(target.textCount) == other.utf8CodeUnitCount else {
      return false
    }
    return withTextBytes {
      $0.elementsEqual(UnsafeBufferPointer(start: other.utf8Start, count: $0.count))
    }
  }

  private var record: YAMLDocument.Record { document.records[index] }
  private var targetIndex: Int { record.kind == .alias ? Int(record.textStart) : index }
  private var target: YAMLDocument.Record { document.records[targetIndex] }
  private var children: Range<Int> { targetIndex + 1..<Int(target.next) }

  private var text: String { withTextBytes { String(decoding: $0, as: UTF8.self) } }

  private func withTextBytes<Result>(_ body: (Slice<UnsafeBufferPointer<UInt8>>) -> Result)
    -> Result
  {
    let range = Int(target.textStart)..<Int(target.textStart + target.textCount)
    let bytes = target.isUnescaped ? document.unescaped : document.file.bytes
    return bytes.withUnsafeBufferPointer { body($0[range]) }
  }
}

extension YAMLNode {
  /// The nodes directly below one node.
  package struct Children: Sequence, IteratorProtocol {
    fileprivate let document: YAMLDocument
    fileprivate var range: Range<Int>

    package mutating func next() -> YAMLNode? {
      guard let index = range.first else { return nil }
      range = Int(document.records[index].next)..<range.upperBound
      return YAMLNode(document: document, index: index)
    }
  }

  /// The pairs of one mapping.
  package struct Entries: Sequence, IteratorProtocol {
    fileprivate var base: Children

    package mutating func next() -> (key: YAMLNode, value: YAMLNode)? {
      guard let key = base.next(), let value = base.next() else { return nil }
      return (key, value)
    }
  }
}
