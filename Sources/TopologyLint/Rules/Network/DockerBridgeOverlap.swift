import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let dockerBridgeOverlap = LintRule(
    "docker-bridge-overlap", .warning, .network,
    summary: "Finds subnets that overlap with Docker's default bridge.",
    rationale: """
      Docker's own bridge, docker0, has 172.17.0.0/16 unless the daemon was told otherwise. A \
      second network over the same addresses is refused ("Pool overlaps with other one on this \
      address space") or routes replies to the wrong bridge.
      """,
    bad: [
      """
      network: {subnet: ▸172.17.5.0/24◂}
      nodes:
        primary: {role: primary, ip: 172.17.5.100}
      """
    ],
    good: [
      """
      network: {subnet: 172.18.0.0/16}
      nodes:
        primary: {role: primary, ip: 172.18.0.100}
      """
    ],
    target: "compose"
  ) { topology, findings in
    let subnet = topology.network.subnet
    let bridge = CIDRBlock(constant: "172.17.0.0/16")
    guard subnet.value.overlaps(bridge) else { return }
    findings.report(
      .overlaps(subnet.value, bridge), at: subnet.range,
      hint: "Write another private block, such as \"subnet: 172.22.0.0/24\".")
  }
}

extension Diagnostic.Message {
  fileprivate static func overlaps(_ subnet: CIDRBlock, _ bridge: CIDRBlock) -> Self {
    "subnet \(subnet.canonical) overlaps with \(bridge), Docker's default bridge"
  }
}
