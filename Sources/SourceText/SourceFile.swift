/// The bytes of one file and the name to print for it.
///
/// Bytes, not a `String`: offsets are UTF-8 offsets, and a file that is not UTF-8 still has
/// to be shown when that is reported.
package struct SourceFile: Sendable, Identifiable {
  /// One of a run's files; trivial to copy, since every located value carries one.
  package struct ID: Hashable, Sendable, Comparable {
    package let index: UInt32
    package init(_ index: Int) { self.index = UInt32(index) }
    package static func < (a: ID, b: ID) -> Bool { a.index < b.index }
  }

  package let id: ID
  /// The path as the user gave it, or the name given with `--stdin-filename`.
  package let path: String
  package let bytes: [UInt8]

  package init(id: ID = ID(0), path: String, bytes: [UInt8]) {
    (self.id, self.path, self.bytes) = (id, path, bytes)
  }

  package init(id: ID = ID(0), path: String, text: String) {
    self.init(id: id, path: path, bytes: Array(text.utf8))
  }
}

/// A half-open range of UTF-8 offsets in one source file.
///
/// Lines and columns are computed when a diagnostic is printed, and never stored.
package struct SourceRange: Hashable, Sendable {
  package let file: SourceFile.ID
  private let lower: UInt32
  private let upper: UInt32

  package init(_ offsets: Range<Int>, in file: SourceFile.ID) {
    (self.file, lower, upper) = (file, UInt32(offsets.lowerBound), UInt32(offsets.upperBound))
  }

  package var lowerBound: Int { Int(lower) }
  package var upperBound: Int { Int(upper) }
  package var offsets: Range<Int> { lowerBound..<upperBound }
}

/// A value together with the text it was read from.
package struct Located<Value> {
  package let value: Value
  package let range: SourceRange

  package init(_ value: Value, at range: SourceRange) {
    (self.value, self.range) = (value, range)
  }
}

extension Located: Sendable where Value: Sendable {}
extension Located: Equatable where Value: Equatable {}
extension Located: Hashable where Value: Hashable {}
