import IPAddressing
import SourceText

/// A host that is a numeric address, as `getaddrinfo` with `AI_NUMERICHOST` reads it in
/// glibc, which is what the server calls.
enum NumericHost {
  /// Nil if it is not an address (`EAI_NONAME`).
  static func address(_ text: String, interfaces: Set<String>) -> IPAddress? {
    let bytes = Array(text.utf8)
    if let bits = ipv4(bytes) { return IPAddress(family: .v4, bits: UInt128(bits)) }
    guard bytes.contains(UInt8(ascii: ":")) else { return nil }
    guard let percent = bytes.firstIndex(of: UInt8(ascii: "%")) else { return try? IPAddress(text) }
    guard let address = try? IPAddress(String(decoding: bytes[..<percent], as: UTF8.self)),
      address.family == .v6,
      isZone(bytes[(percent + 1)...], of: address, interfaces)
    else { return nil }
    return address
  }

  /// `inet_aton`: one to four numbers, decimal, octal or hexadecimal; the last one fills
  /// the remaining bytes.
  private static func ipv4(_ bytes: [UInt8]) -> UInt32? {
    let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    guard (1...4).contains(parts.count) else { return nil }
    let numbers = parts.compactMap(number)
    guard numbers.count == parts.count, let last = numbers.last else { return nil }
    let leading = numbers.dropLast()
    guard leading.allSatisfy({ $0 <= 0xFF }), last >> UInt64(32 - 8 * leading.count) == 0 else {
      return nil
    }
    var high: UInt64 = 0
    for (index, number) in leading.enumerated() { high |= number << UInt64(24 - 8 * index) }
    return UInt32(high | last)
  }

  /// `strtoul` with base 0 over the whole text; at most 32 bits.
  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64? {
    guard let first = bytes.first, first.isASCIIDigit else { return nil }
    let (digits, radix): (ArraySlice<UInt8>, Int) =
      if first != UInt8(ascii: "0") || bytes.count == 1 {
        (bytes, 10)
      } else if bytes.dropFirst().first.map({ $0 | 0x20 }) == UInt8(ascii: "x") {
        (bytes.dropFirst(2), 16)
      } else {
        (bytes.dropFirst(), 8)
      }
    // Swift's initializer accepts a sign, so require a digit first; that excludes blanks, too.
    guard digits.first?.isASCIIHexDigit == true,
      let value = UInt64(String(decoding: digits, as: UTF8.self), radix: radix),
      value <= 0xFFFF_FFFF
    else { return nil }
    return value
  }

  /// A number or, for link-local addresses, the name of an existing interface.
  private static func isZone(
    _ zone: ArraySlice<UInt8>, of address: IPAddress, _ interfaces: Set<String>
  ) -> Bool {
    let top = UInt16(truncatingIfNeeded: address.bits >> 112)
    let isLinkLocal = top & 0xFFC0 == 0xFE80 || top & 0xFF0F == 0xFF02
    if isLinkLocal, interfaces.contains(String(decoding: zone, as: UTF8.self)) { return true }
    guard !zone.isEmpty, zone.allSatisfy(\.isASCIIDigit) else { return false }
    return (UInt64(String(decoding: zone, as: UTF8.self)) ?? .max) <= UInt64(UInt32.max)
  }
}

extension IPAddress {
  /// The address as glibc's `inet_ntop` writes it: IPv6 addresses that contain an IPv4
  /// address (`::ffff:10.1.2.3`, `::10.1.2.3`) end with that address.
  var inetText: String {
    guard family == .v6 else { return description }
    let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
    let zeros = groups.prefix { $0 == 0 }.count
    guard zeros == 6 || (zeros == 5 && groups[5] == 0xFFFF) else { return description }
    let tail = IPAddress(family: .v4, bits: bits & 0xFFFF_FFFF)
    return (zeros == 6 ? "::" : "::ffff:") + tail.description
  }

  /// The mask of a block with a prefix of this length.
  static func mask(_ family: Family, prefixLength: Int) -> IPAddress {
    let width = family.bitWidth
    let all: UInt128 = width == 128 ? .max : (1 << UInt128(width)) - 1
    let host: UInt128 =
      width - prefixLength == 128 ? .max : (1 << UInt128(width - prefixLength)) - 1
    return IPAddress(family: family, bits: all & ~host)
  }
}
