/// A short stand-in for a text: FNV-1a with 64 bits, written as 16 hexadecimal digits.
///
/// It tells a file that somebody edited from one that nobody touched, and one finding from
/// another. It is no protection against somebody who wants two texts to look alike, and
/// needs to be none: whoever can write the file can write the manifest beside it.
package struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let value: UInt64

  /// Of a whole text.
  package init(of bytes: some Sequence<UInt8>) {
    // Another module's sequence is asked for each byte by a call; its storage is not.
    value =
      bytes.withContiguousStorageIfAvailable { Self.hash($0) }
      ?? Array(bytes).withUnsafeBufferPointer { Self.hash($0) }
  }

  private static func hash(_ bytes: UnsafeBufferPointer<UInt8>) -> UInt64 {
    var value: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in bytes { value = (value ^ UInt64(byte)) &* 0x100_0000_01b3 }
    return value
  }

  /// Reads 16 hexadecimal digits.
  package init?(_ text: some StringProtocol) {
    guard text.utf8.count == 16, text.first != "+", let value = UInt64(text, radix: 16) else {
      return nil
    }
    self.value = value
  }

  /// 16 hexadecimal digits, in lower case.
  package var description: String {
    let digits = String(value, radix: 16)
    return String(repeating: "0", count: 16 - digits.utf8.count) + digits
  }

  /// By value, so that lists of them have one order.
  package static func < (a: Fingerprint, b: Fingerprint) -> Bool { a.value < b.value }
}
