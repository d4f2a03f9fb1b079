import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let hostBitsInSubnet = LintRule(
    "host-bits-in-subnet", .error, .network,
    summary: "Finds subnets that are written as an address inside of them.",
    rationale: """
      A subnet is written by its first address: 172.22.0.0/24, not 172.22.0.1/24. Docker refuses \
      to create a network from anything else.
      """,
    bad: [
      "network: {subnet: ▸172.22.0.1/24◂, ip_range: ▸172.22.0.130/25◂}",
      """
      network: {subnet: 172.22.0.0/24, subnet6: ▸"fd00:22::1/64"◂}
      """,
    ],
    good: ["network: {subnet: 172.22.0.0/24, ip_range: 172.22.0.128/25}"],
    target: "compose"
  ) { topology, findings in
    let network = topology.network
    for (key, block) in [
      ("subnet", network.subnet), ("ip_range", network.ipRange), ("subnet6", network.subnet6),
    ] {
      guard let block, block.value.hasHostBits else { continue }
      findings.report(
        .hostBits(block.value), at: block.range,
        hint: "Write \(keyword: "\(key): \(block.value.canonical)").",
        fixes: [.canonical(block)])
    }
  }
}

extension Fix {
  /// Safe: Docker refuses the file as it is, and the block has the same addresses.
  fileprivate static func canonical(_ block: Located<CIDRBlock>) -> Fix {
    let text = "\(block.value.canonical)"
    return Fix("Write \(name: text).", .safe, replacing: block.range, with: HintText.flow(text))
  }
}

extension Diagnostic.Message {
  fileprivate static func hostBits(_ block: CIDRBlock) -> Self {
    "block \(block) has bits set to the right of its prefix"
  }
}
