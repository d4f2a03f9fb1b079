import IPAddressing

/// Blocks whose addresses belong to no host on the internet.
enum SpecialPurpose {
  /// The blocks that are not globally reachable, from IANA's IPv4 and IPv6 Special-Purpose
  /// Address Registries.
  private static let texts: [StaticString] = [
    "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16",
    "172.16.0.0/12", "192.0.0.0/24", "192.0.2.0/24", "192.168.0.0/16", "198.18.0.0/15",
    "198.51.100.0/24", "203.0.113.0/24", "240.0.0.0/4",
    "::1/128", "64:ff9b:1::/48", "100::/64", "2001:2::/48", "2001:db8::/32", "3fff::/20",
    "5f00::/16", "fc00::/7", "fe80::/10",
  ]
  static let blocks = texts.map { CIDRBlock(constant: $0) }

  static func contains(_ block: CIDRBlock) -> Bool { blocks.contains { $0.contains(block) } }
}
