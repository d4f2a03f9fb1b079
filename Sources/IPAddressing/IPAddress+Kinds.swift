/// Kinds of addresses, with the names from Go's net/netip.
extension IPAddress {
  /// Whether it is `0.0.0.0` or `::`, which stands for every address of a host.
  package static func unspecified(_ family: Family) -> IPAddress {
    IPAddress(family: family, bits: 0)
  }

  package var isUnspecified: Bool { bits == 0 }

  /// Whether it is in 127.0.0.0/8 or ::1, which never leave the host.
  package var isLoopback: Bool { CIDRBlock(only: self).isLoopback }

  /// The IPv4 address in an IPv4-mapped IPv6 address (RFC 4291, section 2.5.5.2); nil for
  /// any other address.
  package var unmapped: IPAddress? {
    family == .v6 && bits >> 32 == 0xFFFF
      ? IPAddress(family: .v4, bits: bits & 0xFFFF_FFFF) : nil
  }

  /// An address literal of our own; invalid text is a programming error and traps.
  package init(constant text: StaticString) {
    do throws(ParseError) { try self.init("\(text)") } catch {
      preconditionFailure("\(text) is no address: \(error.reason)")
    }
  }
}

extension CIDRBlock {
  /// The IPv4 block of a block whose addresses are all IPv4-mapped; nil for any other block.
  package var unmapped: CIDRBlock? {
    guard prefixLength >= 96, let address = address.unmapped else { return nil }
    return CIDRBlock(address, prefixLength: prefixLength - 96)
  }

  /// A block literal of our own; invalid text is a programming error and traps.
  package init(constant text: StaticString) {
    do throws(IPAddress.ParseError) { try self.init("\(text)") } catch {
      preconditionFailure("\(text) is no block: \(error.reason)")
    }
  }
}
