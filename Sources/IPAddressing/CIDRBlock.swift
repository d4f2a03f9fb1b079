/// An address and a prefix length, such as `172.22.0.0/24`.
///
/// The address keeps its host bits: `172.22.0.1/24` is a mistake as a subnet but has a
/// meaning in pg_hba.conf, and reports about it must be able to show it.
package struct CIDRBlock: Hashable, Sendable {
  package let address: IPAddress
  package let prefixLength: Int

  /// Fails when the prefix is longer than an address of this family.
  package init?(_ address: IPAddress, prefixLength: Int) {
    guard (0...address.family.bitWidth).contains(prefixLength) else { return nil }
    (self.address, self.prefixLength) = (address, prefixLength)
  }

  /// The block that contains a single address.
  package init(only address: IPAddress) {
    (self.address, prefixLength) = (address, address.family.bitWidth)
  }

  /// Parses `address/length`; a lone address is not a block.
  package init(_ text: some StringProtocol) throws(IPAddress.ParseError) {
    let bytes = Array(text.utf8)
    guard let slash = bytes.lastIndex(of: UInt8(ascii: "/")) else {
      _ = try IPAddress(text)
      throw .init(.missingPrefixLength, at: 0..<bytes.count)
    }
    let address = try IPAddress(String(decoding: bytes[..<slash], as: UTF8.self))
    let digits = bytes[(slash + 1)...]
    let range = slash + 1..<bytes.count
    guard !digits.isEmpty, digits.allSatisfy(\.isDigit), digits.count == 1 || digits.first != 48
    else { throw .init(.invalidPrefixLength, at: digits.isEmpty ? slash..<bytes.count : range) }
    let maximum = address.family.bitWidth
    guard digits.count <= 3, let block = CIDRBlock(address, prefixLength: digits.decimal) else {
      throw .init(.prefixLengthOutOfRange(maximum: maximum), at: range)
    }
    self = block
  }

  package var family: IPAddress.Family { address.family }

  /// The bits of an address that vary between the hosts of this block.
  private var hostMask: UInt128 {
    let width = UInt128(family.bitWidth - prefixLength)
    return width == 128 ? .max : (1 << width) - 1
  }

  /// The same block with the host bits of its address cleared.
  package var canonical: CIDRBlock { CIDRBlock(unchecked: first, prefixLength) }
  package var hasHostBits: Bool { self != canonical }

  /// The network address.
  package var first: IPAddress { IPAddress(family: family, bits: address.bits & ~hostMask) }
  /// The last address; in IPv4 that is the broadcast address.
  package var last: IPAddress { IPAddress(family: family, bits: address.bits | hostMask) }

  package func contains(_ other: IPAddress) -> Bool {
    other.family == family && other.bits & ~hostMask == first.bits
  }
  package func contains(_ other: CIDRBlock) -> Bool {
    other.prefixLength >= prefixLength && contains(other.address)
  }
  /// Whether all of it is in 127.0.0.0/8 or ::1, whose addresses never leave the host.
  package var isLoopback: Bool {
    switch family {
    case .v4: prefixLength >= 8 && first.bits >> 24 == 127
    case .v6: prefixLength == 128 && first.bits == 1
    }
  }

  package func overlaps(_ other: CIDRBlock) -> Bool { contains(other) || other.contains(self) }

  private init(unchecked address: IPAddress, _ prefixLength: Int) {
    (self.address, self.prefixLength) = (address, prefixLength)
  }
}

extension CIDRBlock: CustomStringConvertible {
  package var description: String { "\(address)/\(prefixLength)" }
}
