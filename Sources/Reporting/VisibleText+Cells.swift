import Diagnostics
import SourceText

/// Lines of a file as a terminal shows them, one cell at a time; bytes that are not UTF-8
/// become escapes, too.
extension VisibleText {
  /// What a terminal shows in one place.
  struct Cell: Sendable {
    /// The UTF-8 offsets that it covers.
    var offsets: Range<Int>
    var text: String
    /// The width in columns.
    var width: Int
  }

  static func cells(of bytes: [UInt8], _ offsets: Range<Int>) -> [Cell] {
    var cells: [Cell] = []
    var source = bytes[offsets].makeIterator()
    var parser = Unicode.UTF8.ForwardParser()
    var offset = offsets.lowerBound
    while true {
      switch parser.parseScalar(from: &source) {
      case .valid(let encoded):
        let scalar = Unicode.UTF8.decode(encoded)
        append(scalar, offset..<offset + encoded.count, to: &cells)
        offset += encoded.count
      case .error(let count):
        for index in offset..<offset + count {
          let text = escape(byte: bytes[index])
          cells.append(Cell(offsets: index..<index + 1, text: text, width: text.utf8.count))
        }
        offset += count
      case .emptyInput: return cells
      }
    }
  }

  private static func append(
    _ scalar: Unicode.Scalar, _ offsets: Range<Int>, to cells: inout [Cell]
  ) {
    if let text = escape(scalar) {
      cells.append(Cell(offsets: offsets, text: text, width: text.utf8.count))
      return
    }
    if let last = cells.indices.last, let join = scalar.columns(after: cells[last].text) {
      cells[last].text.unicodeScalars.append(scalar)
      cells[last].offsets = cells[last].offsets.lowerBound..<offsets.upperBound
      cells[last].width = max(cells[last].width, join)
      return
    }
    cells.append(Cell(offsets: offsets, text: String(scalar), width: scalar.columns))
  }
}
