import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let ipRangeOutsideSubnet = LintRule(
    "ip-range-outside-subnet", .error, .network,
    summary: "Finds ranges for containers that the subnet does not contain.",
    rationale: """
      "ip_range" is the part of the subnet from which Docker takes addresses for containers that \
      ask for none. Docker refuses to create a network in which it is no part of the subnet.
      """,
    bad: ["network: {subnet: 172.22.0.0/24, ip_range: ▸172.22.1.128/25◂}"],
    good: ["network: {subnet: 172.22.0.0/24, ip_range: 172.22.0.128/25}"],
    target: "compose"
  ) { topology, findings in
    let subnet = topology.network.subnet
    guard let range = topology.network.ipRange, !subnet.value.contains(range.value) else { return }
    findings.report(
      .outside(range.value, subnet.value), at: range.range,
      notes: [.init("the subnet is declared here", at: subnet.range)],
      hint: subnet.value.upperHalf.map {
        "Write a part of the subnet, such as \"ip_range: \($0)\"."
      }
        ?? "Remove it: the subnet holds one address.")
  }
}

extension CIDRBlock {
  /// The upper half of the block; nil for a block of one address.
  fileprivate var upperHalf: CIDRBlock? {
    CIDRBlock(last, prefixLength: prefixLength + 1)?.canonical
  }
}

extension Diagnostic.Message {
  fileprivate static func outside(_ range: CIDRBlock, _ subnet: CIDRBlock) -> Self {
    "ip_range \(range.canonical) is no part of subnet \(subnet.canonical)"
  }
}
