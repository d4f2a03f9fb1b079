import Diagnostics
import IPAddressing
import PostgresConfig
import TopologyModel

// From where the address field of an HBA record lets in.
extension HBAAddress {
  /// Whether every address of a family matches.
  var isEverywhere: Bool { self == .all || coveredBlock?.prefixLength == 0 }

  /// Whether only connections from the server's own host match.
  var isOfThisHost: Bool {
    switch self {
    case .samehost, .hostName("localhost"): true
    case .block(let block): SpecialPurpose.isLoopback(block)
    case .masked(let address, let mask):
      // A mask that fixes at least the bits of the loopback block.
      SpecialPurpose.isLoopback(CIDRBlock(only: address))
        && mask.bits & mask.family.loopbackMask == mask.family.loopbackMask
    case .all, .samenet, .hostName: false
    }
  }

  /// The only address that matches.
  var singleAddress: IPAddress? {
    guard let block = coveredBlock, block.first == block.last else { return nil }
    return block.first
  }
}

extension IPAddress.Family {
  fileprivate var loopbackMask: UInt128 { self == .v4 ? 0xFF00_0000 : .max }
}

extension HBARecord {
  /// Whether somebody beyond the server's own host may be let in.
  var admitsOverNetwork: Bool {
    connectionType != .local && method != .reject && address?.isOfThisHost == false
  }

  /// Whether physical replication is all that the record is about.
  var isOnlyForReplication: Bool { databases.allSatisfy { $0 == .keyword(.replication) } }
}

extension ResolvedTopology {
  /// Whether some server speaks TLS: by the topology's own key, or by a setting.
  var mayUseTLS: Bool {
    // What a server refuses is another rule's matter, and may be meant to be on.
    usesTLS || servers.contains { $0["ssl"].isOn != false }
  }
}
