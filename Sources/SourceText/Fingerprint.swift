/// A short stand-in for a text: 64-bit FNV-1a, written as 16 hexadecimal digits.
///
/// It tells an edited file from an untouched one, and one finding from another. It does not
/// protect against somebody who wants two texts to look alike, and need not: anybody who
/// can write the file can write the manifest beside it.
package struct Fingerprint: Hashable, Comparable, Sendable, CustomStringConvertible {
  private let value: UInt64

  /// The fingerprint of a whole text.
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

  /// Ordered by value, so that lists of fingerprints have a definite order.
  package static func < (a: Fingerprint, b: Fingerprint) -> Bool { a.value < b.value }
}
