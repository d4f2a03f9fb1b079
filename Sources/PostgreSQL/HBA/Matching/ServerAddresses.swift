package import IPAddressing

/// The addresses of a server's network interfaces, which `samehost` and `samenet` refer to
/// (`check_same_host_or_net` in hba.c).
package struct ServerAddresses: Hashable, Sendable {
  /// Each address with the prefix length of its network.
  private let interfaces: [CIDRBlock]

  /// Takes the addresses other than loopback, such as `172.22.0.100/24`; 127.0.0.1/8 and
  /// ::1/128 exist on every machine.
  package init(_ interfaces: [CIDRBlock]) {
    self.interfaces = Self.loopback + interfaces
  }

  /// The keywords that refer to a server's addresses.
  package var blocks: [CIDRBlock] {
    interfaces.map { CIDRBlock(only: $0.address) } + interfaces.map(\.network)
  }

  /// Whether an address is the server's own. Nil if that is not known.
  func isOwn(_ address: IPAddress) -> Bool? {
    certain(interfaces.contains { $0.address == address }, of: address)
  }

  /// Whether an address is in a network that the server has an interface in. Nil if that is
  /// not known.
  func isNeighbour(_ address: IPAddress) -> Bool? {
    certain(interfaces.contains { $0.network.contains(address) }, of: address)
  }

  /// Each interface also has a link-local IPv6 address, which nobody writes down.
  private func certain(_ isFound: Bool, of address: IPAddress) -> Bool? {
    !isFound && Self.linkLocal?.contains(address) == true ? nil : isFound
  }

  private static let loopback = ["127.0.0.1/8", "::1/128"].compactMap { try? CIDRBlock($0) }
  private static let linkLocal = try? CIDRBlock("fe80::/10")
}

extension CIDRBlock {
  /// An interface without a mask is alone in its network (`run_ifaddr_callback` in ifaddr.c).
  fileprivate var network: CIDRBlock { prefixLength == 0 ? CIDRBlock(only: address) : self }
}
