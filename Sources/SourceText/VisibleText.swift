/// Text made safe for a terminal.
///
/// Nothing that comes from a file or a command line can move the cursor, change the colour
/// or reorder the line: characters that a terminal would obey are written as escapes, in
/// the same way everywhere.
package enum VisibleText {
  /// The text, with escapes such as `\x1B` for characters that a terminal would obey.
  package static func escaping(_ text: String) -> String {
    // True of nearly every text, so it is worth checking before scanning the scalars.
    if text.utf8.allSatisfy({ $0 >= 0x20 && $0 < 0x7F }) { return text }
    var visible = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      if let escape = escape(scalar) {
        visible.append(contentsOf: escape.unicodeScalars)
      } else {
        visible.append(scalar)
      }
    }
    return String(visible)
  }

  /// The replacement for a scalar that is not shown as is. A tab becomes one space, so that
  /// the columns below stay right.
  package static func escape(_ scalar: Unicode.Scalar) -> String? {
    switch scalar.value {
    case 0x20..<0x7F: nil
    case 0x09: " "
    case 0x00..<0x20, 0x7F: escape(byte: UInt8(scalar.value))
    // What pg_hba.conf's reader uses for bytes that are not UTF-8: see `HBAText` in
    // PostgreSQL.
    case 0x10FF80...0x10FFFF: escape(byte: UInt8(scalar.value & 0xFF))
    case _ where scalar.isInvisibleControl: "\\u{" + hex(scalar.value) + "}"
    default: nil
    }
  }

  /// `\xNN`
  package static func escape(byte: UInt8) -> String {
    (byte < 0x10 ? "\\x0" : "\\x") + hex(UInt32(byte))
  }

  private static func hex(_ value: UInt32) -> String {
    String(value, radix: 16, uppercase: true)
  }
}

extension Unicode.Scalar {
  /// Characters that a terminal obeys or does not show, beyond ASCII's control characters
  /// below the space: DEL, C1 controls, line and paragraph separators, marks, embeddings,
  /// overrides and isolates of the bidirectional algorithm (UAX 9), and the byte order mark.
  package var isInvisibleControl: Bool {
    switch value {
    case 0x7F..<0xA0, 0x061C, 0x200B, 0x200E, 0x200F, 0x2028...0x202E, 0x2060...0x2069, 0xFEFF:
      true
    default: false
    }
  }
}
