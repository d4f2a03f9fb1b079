import Diagnostics
import SourceText

/// What is known about a file's bytes before libyaml sees them.
///
/// libyaml's reader errors carry no position except a byte offset, so anything its reader
/// would refuse is found here.
struct TextCheck {
  /// Whether offsets in code points and in bytes are the same.
  private(set) var isASCII = true
  /// The number of bytes that a byte order mark takes at the start: 0 or 3.
  let byteOrderMarkCount: Int

  struct TextError: Error {
    enum Reason {
      case notUTF8, utf16, nul, controlCharacter(Unicode.Scalar)
      /// A line break in YAML 1.1 and to libyaml, and an ordinary character in 1.2.
      case otherLineBreak(Unicode.Scalar)
    }
    let reason: Reason
    /// The UTF-8 offsets of the error.
    let offsets: Range<Int>
  }

  init(_ bytes: [UInt8]) throws(TextError) {
    byteOrderMarkCount = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    // A byte order mark, or a first character with its zero byte before or after it (YAML
    // 1.2.2, section 5.2).
    let opening = bytes.prefix(2)
    if opening == [0xFF, 0xFE] || opening == [0xFE, 0xFF]
      || opening.count == 2 && opening.count(where: { $0 == 0 }) == 1
    {
      throw TextError(reason: .utf16, offsets: 0..<2)
    }
    var index = byteOrderMarkCount
    while index < bytes.count {
      let byte = bytes[index]
      if byte >= 0x20, byte < 0x7F {
        index += 1
      } else if byte < 0x80 {
        guard byte == 0x09 || byte == 0x0A || byte == 0x0D else {
          let reason: TextError.Reason =
            byte == 0 ? .nul : .controlCharacter(Unicode.Scalar(byte))
          throw TextError(reason: reason, offsets: index..<index + 1)
        }
        index += 1
      } else {
        isASCII = false
        index += try Self.multibyteCount(in: bytes, at: index)
      }
    }
  }

  /// The length of the well-formed sequence at `index` (Unicode, table 3-7), if YAML's
  /// `c-printable` includes the character.
  private static func multibyteCount(in bytes: [UInt8], at index: Int) throws(TextError) -> Int {
    let count =
      switch bytes[index] {
      case 0xC2...0xDF: 2
      case 0xE0...0xEF: 3
      case 0xF0...0xF4: 4
      default: 0
      }
    guard count > 0, index + count <= bytes.count,
      let scalar = decode(bytes[index..<index + count])
    else { throw TextError(reason: .notUTF8, offsets: index..<index + 1) }
    if [0x85, 0x2028, 0x2029].contains(scalar.value) {
      throw TextError(reason: .otherLineBreak(scalar), offsets: index..<index + count)
    }
    let isPrintable = scalar.value >= 0xA0
    guard isPrintable, scalar.value != 0xFFFE, scalar.value != 0xFFFF, scalar.value != 0xFEFF else {
      throw TextError(reason: .controlCharacter(scalar), offsets: index..<index + count)
    }
    return count
  }

  private static func decode(_ bytes: ArraySlice<UInt8>) -> Unicode.Scalar? {
    guard bytes.dropFirst().allSatisfy({ $0 & 0xC0 == 0x80 }), let first = bytes.first else {
      return nil
    }
    let lead = UInt32(first) & (0xFF >> UInt32(bytes.count + 1))
    let value = bytes.dropFirst().reduce(lead) { $0 << 6 | UInt32($1 & 0x3F) }
    let minimum: [UInt32] = [0, 0, 0x80, 0x800, 0x10000]
    return value >= minimum[bytes.count] ? Unicode.Scalar(value) : nil
  }
}

/// Maps libyaml's marks, which count code points, to UTF-8 offsets.
struct MarkOffsets {
  private let bytes: [UInt8]
  private let start: Int
  private let isASCII: Bool
  /// The byte offset of every 64th code point; empty for ASCII.
  private var checkpoints: [UInt32] = []
  private static let stride = 64

  init(_ bytes: [UInt8], _ check: TextCheck) {
    (self.bytes, start, isASCII) = (bytes, check.byteOrderMarkCount, check.isASCII)
    guard !isASCII else { return }
    var count = 0
    for index in start..<bytes.count where bytes[index] & 0xC0 != 0x80 {
      if count % Self.stride == 0 { checkpoints.append(UInt32(index)) }
      count += 1
    }
  }

  /// The UTF-8 offset of the code point with this number, counted after the mark.
  subscript(codePoint: Int) -> Int {
    if isASCII { return min(start + codePoint, bytes.count) }
    guard codePoint / Self.stride < checkpoints.count else { return bytes.count }
    var offset = Int(checkpoints[codePoint / Self.stride])
    for _ in 0..<codePoint % Self.stride {
      guard offset < bytes.count else { break }
      offset += 1
      while offset < bytes.count, bytes[offset] & 0xC0 == 0x80 { offset += 1 }
    }
    return offset
  }
}
