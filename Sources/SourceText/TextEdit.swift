/// A replacement of some text; an empty range is an insertion.
package struct TextEdit: Hashable, Sendable {
  package let range: SourceRange
  package let replacement: String

  package init(_ range: SourceRange, _ replacement: String) {
    (self.range, self.replacement) = (range, replacement)
  }
}

extension [TextEdit] {
  /// The bytes with every edit applied. Bytes that no edit covers are unchanged.
  /// - Precondition: The edits are in the order of the file, and none overlaps another.
  package func carriedOut(on bytes: [UInt8]) -> [UInt8] {
    var result: [UInt8] = []
    result.reserveCapacity(bytes.count)
    var offset = 0
    for edit in self {
      result += bytes[offset..<edit.range.lowerBound]
      result += edit.replacement.utf8
      offset = edit.range.upperBound
    }
    return result + bytes[offset...]
  }
}
