import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let subnetTooSmall = LintRule(
    "subnet-too-small", .error, .network,
    summary: "Finds subnets with fewer addresses than nodes and clients need.",
    rationale: """
      Of the addresses of an IPv4 subnet two are not for hosts, and the gateway takes one more. \
      What does not fit cannot start.
      """,
    bad: [
      """
      network: {subnet: ▸172.22.0.100/30◂}
      nodes:
        primary: {role: primary, ip: 172.22.0.101}
        replica: {role: replica, ip: 172.22.0.102}
        spare: {role: replica, ip: 172.22.0.104}
      """
    ],
    good: [
      """
      network: {subnet: 172.22.0.100/30}
      nodes:
        primary: {role: primary, ip: 172.22.0.102}
      """
    ],
    target: "compose"
  ) { topology, findings in
    for subnet in topology.network.subnets {
      let block = subnet.value
      let addresses = topology.endpoints.map(\.address.value).filter { $0.family == block.family }
      let gateways = topology.network.gateways.map(\.value).filter { $0.family == block.family }
      let needed = Set(addresses + gateways).count + (gateways.isEmpty ? 1 : 0)
      guard block.usableAddresses < UInt128(needed) else { continue }
      let larger = block.smallestEnclosing(needed)
      findings.report(
        .tooSmall(block, needed), at: subnet.range,
        hint: larger.map { "Write a larger block, such as \(name: $0)." }
          ?? "Write a larger block.")
    }
  }
}

extension CIDRBlock {
  /// The addresses for hosts and the gateway: excluding the network's and, in IPv4, the
  /// broadcast address, unless the block is too small to have them.
  fileprivate var usableAddresses: UInt128 {
    let span = last.bits - first.bits
    guard span > 1 else { return span + 1 }
    return family == .v4 ? span - 1 : span
  }

  fileprivate func smallestEnclosing(_ needed: Int) -> CIDRBlock? {
    (0..<prefixLength).reversed().lazy
      .compactMap { CIDRBlock(address, prefixLength: $0)?.canonical }
      .first { $0.usableAddresses >= UInt128(needed) }
  }
}

extension Diagnostic.Message {
  fileprivate static func tooSmall(_ subnet: CIDRBlock, _ needed: Int) -> Self {
    "subnet \(subnet.canonical) is too small for \(needed) addresses, the gateway's included"
  }
}
