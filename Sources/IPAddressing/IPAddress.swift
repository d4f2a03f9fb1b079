/// An IPv4 or IPv6 address.
///
/// The two families never mix: as in PostgreSQL and Docker, an IPv4-mapped IPv6 address is
/// an IPv6 address.
package struct IPAddress: Hashable, Sendable {
  package enum Family: Hashable, Sendable {
    case v4, v6
    /// The number of bits in an address: 32 or 128.
    package var bitWidth: Int { self == .v4 ? 32 : 128 }
  }

  package let family: Family
  /// The address as a number; an IPv4 address uses the low 32 bits.
  package let bits: UInt128

  package init(family: Family, bits: UInt128) { (self.family, self.bits) = (family, bits) }

  /// Why a text is not an address, and which part is wrong.
  package struct ParseError: Error, Hashable, Sendable {
    package enum Reason: Hashable, Sendable {
      case notAnAddress, octetOutOfRange, leadingZero, wrongNumberOfOctets
      case groupTooLong, wrongNumberOfGroups, zone
      case missingPrefixLength, invalidPrefixLength, prefixLengthOutOfRange(maximum: Int)
    }
    package let reason: Reason
    /// The UTF-8 offsets of the wrong part within the text.
    package let utf8Range: Range<Int>

    package init(_ reason: Reason, at utf8Range: Range<Int>) {
      (self.reason, self.utf8Range) = (reason, utf8Range)
    }
  }

  /// Parses `192.0.2.1` or `2001:db8::1`, and nothing else that looser parsers accept: no
  /// short forms, no octal, no zone.
  package init(_ text: some StringProtocol) throws(ParseError) {
    let bytes = Array(text.utf8)
    self =
      bytes.contains(UInt8(ascii: ":"))
      ? IPAddress(family: .v6, bits: try IPv6Text(bytes).bits())
      : IPAddress(family: .v4, bits: try IPv4Text(bytes[...]).bits())
  }
}

extension IPAddress: Comparable {
  /// IPv4 addresses sort before IPv6 addresses; within a family, by number.
  package static func < (a: IPAddress, b: IPAddress) -> Bool {
    (a.family.bitWidth, a.bits) < (b.family.bitWidth, b.bits)
  }
}

extension IPAddress: CustomStringConvertible {
  /// The canonical text; for IPv6, that of RFC 5952, section 4.
  package var description: String {
    switch family {
    case .v4:
      return (0..<4).map { String(bits >> UInt128(24 - 8 * $0) & 0xFF) }.joined(separator: ".")
    case .v6:
      let groups = (0..<8).map { UInt16(truncatingIfNeeded: bits >> UInt128(112 - 16 * $0)) }
      let text = groups.map { String($0, radix: 16) }
      guard let zeros = longestRunOfZeros(in: groups) else { return text.joined(separator: ":") }
      return text[..<zeros.lowerBound].joined(separator: ":") + "::"
        + text[zeros.upperBound...].joined(separator: ":")
    }
  }

  /// The first longest run of two or more zero groups.
  private func longestRunOfZeros(in groups: [UInt16]) -> Range<Int>? {
    var best = 0..<0
    var start = 0
    for (index, group) in groups.enumerated() {
      if group != 0 { start = index + 1 }
      if index + 1 - start > best.count { best = start..<(index + 1) }
    }
    return best.count >= 2 ? best : nil
  }
}
