/// How many columns of a terminal a character takes.
///
/// Terminals disagree about rare scripts; this is what the common ones agree on: East Asian
/// wide and full-width characters and emoji take two columns (UAX 11), marks take none.
extension Unicode.Scalar {
  /// The columns of the scalar on its own.
  var columns: Int {
    if value < 0x300 { return 1 }
    if isMark { return 0 }
    return Self.wide.contains { $0.contains(value) } ? 2 : 1
  }

  /// The columns of the whole cell if the scalar joins the text before it, otherwise nil.
  func columns(after text: String) -> Int? {
    guard value >= 0x300, let last = text.unicodeScalars.last else { return nil }
    // Variation selector 16 requests the wide picture of the character before it.
    if value == 0xFE0F { return 2 }
    if isMark { return 0 }
    // A zero width joiner, a skin tone, and the second half of a flag.
    if last.value == 0x200D { return 2 }
    if (0x1F3FB...0x1F3FF).contains(value), last.columns == 2 { return 2 }
    if last.isRegionalIndicator, isRegionalIndicator, text.unicodeScalars.count == 1 { return 2 }
    return nil
  }

  private var isRegionalIndicator: Bool { (0x1F1E6...0x1F1FF).contains(value) }

  private var isMark: Bool {
    switch properties.generalCategory {
    case .nonspacingMark, .enclosingMark, .format: true
    default: false
    }
  }

  /// Blocks of wide characters (Unicode, EastAsianWidth.txt), joined where the gaps
  /// between them hold nothing.
  private static let wide: [ClosedRange<UInt32>] = [
    0x1100...0x115F, 0x231A...0x231B, 0x23E9...0x23EC, 0x2614...0x2615, 0x2648...0x2653,
    0x26A1...0x26A1, 0x2705...0x2705, 0x274C...0x274C, 0x2753...0x2755, 0x2757...0x2757,
    0x2795...0x2797, 0x2B1B...0x2B1C, 0x2B50...0x2B50, 0x2E80...0x303E, 0x3041...0x33FF,
    0x3400...0x4DBF, 0x4E00...0xA4CF, 0xA960...0xA97C, 0xAC00...0xD7A3, 0xF900...0xFAFF,
    0xFE30...0xFE6F, 0xFF01...0xFF60, 0xFFE0...0xFFE6, 0x16FE0...0x18CFF, 0x1AFF0...0x1B2FB,
    0x1F004...0x1F004, 0x1F0CF...0x1F0CF, 0x1F18E...0x1F18E, 0x1F191...0x1F19A,
    0x1F1E6...0x1F202, 0x1F210...0x1F265, 0x1F300...0x1F320, 0x1F32D...0x1F335,
    0x1F337...0x1F37C, 0x1F37E...0x1F393, 0x1F3A0...0x1F3CA, 0x1F3CF...0x1F3D3,
    0x1F3E0...0x1F3F0, 0x1F3F4...0x1F3F4, 0x1F3F8...0x1F43E, 0x1F440...0x1F440,
    0x1F442...0x1F4FC, 0x1F4FF...0x1F53D, 0x1F54B...0x1F567, 0x1F57A...0x1F57A,
    0x1F595...0x1F596, 0x1F5A4...0x1F5A4, 0x1F5FB...0x1F64F, 0x1F680...0x1F6C5,
    0x1F6CC...0x1F6CC, 0x1F6D0...0x1F6D2, 0x1F6D5...0x1F6DF, 0x1F6EB...0x1F6EC,
    0x1F6F4...0x1F6FC, 0x1F7E0...0x1F7EB, 0x1F90C...0x1F9FF, 0x1FA70...0x1FAFF,
    0x20000...0x3FFFD,
  ]
}
