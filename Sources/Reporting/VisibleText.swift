/// Text as a terminal shows it, one cell at a time.
///
/// Nothing in a file can move the cursor, change the colour or reorder the line: control
/// characters, bidirectional controls and bytes that are not UTF-8 become escapes.
package enum VisibleText {
  /// What a terminal puts into one place.
  struct Cell: Sendable {
    /// The UTF-8 offsets it stands for.
    var offsets: Range<Int>
    var text: String
    /// In columns.
    var width: Int
  }

  /// The text with what a terminal would obey written as escapes.
  package static func escaping(_ text: String) -> String {
    // Nearly every text: worth a look before it is taken apart.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    let bytes = Array(text.utf8)
    return cells(of: bytes, bytes.indices).map(\.text).joined()
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
          let text = "\\x" + hex(UInt32(bytes[index]), digits: 2)
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

  /// A tab becomes one space, so that the columns below stay true.
  private static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x09: " "
    case 0x00..<0x20, 0x7F: "\\x" + hex(scalar.value, digits: 2)
    case _ where scalar.isInvisibleControl: "\\u{" + hex(scalar.value, digits: 1) + "}"
    default: nil
    }
  }

  private static func hex(_ value: UInt32, digits: Int) -> String {
    let text = String(value, radix: 16, uppercase: true)
    return String(repeating: "0", count: max(0, digits - text.utf8.count)) + text
  }
}

extension Unicode.Scalar {
  /// What a terminal obeys or does not show, beyond ASCII's controls below the blank: DEL, C1
  /// controls, line and paragraph separators, marks, embeddings, overrides and isolates of
  /// the bidirectional algorithm (UAX 9), and the byte order mark.
  var isInvisibleControl: Bool {
    switch value {
    case 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
