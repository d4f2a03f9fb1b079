package import IPAddressing

// The addresses that the address field of an HBA record matches.
extension HBAAddress {
  /// Whether every address of a family matches.
  package var isEverywhere: Bool { self == .all || coveredBlock?.prefixLength == 0 }

  /// Whether only connections from the server's own host match.
  package var isOfThisHost: Bool {
    switch self {
    case .samehost, .hostName("localhost"): true
    case .block(let block): block.isLoopback
    case .masked(let address, let mask):
      // A mask that fixes at least the bits of the loopback block.
      address.isLoopback
        && mask.bits & mask.family.loopbackMask == mask.family.loopbackMask
    case .all, .samenet, .hostName: false
    }
  }

  /// The only address that matches, if there is only one.
  package var singleAddress: IPAddress? {
    guard let block = coveredBlock, block.first == block.last else { return nil }
    return block.first
  }

  /// The host that is probably meant and the block that matches, if the two differ. Nil for
  /// all addresses of a family and for those of the server's own host.
  package var hostBitsBlock: (host: IPAddress, network: CIDRBlock)? {
    guard !isOfThisHost, !isEverywhere, let host = pattern?.base, let network = coveredBlock,
      host != network.first
    else { return nil }
    return (host, network)
  }
}

extension IPAddress.Family {
  fileprivate var loopbackMask: UInt128 { self == .v4 ? 0xFF00_0000 : .max }
}
