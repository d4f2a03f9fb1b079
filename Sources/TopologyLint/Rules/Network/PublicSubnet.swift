import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let publicSubnet = LintRule(
    "public-subnet", .warning, .network,
    summary: "Finds subnets of public address space.",
    rationale: """
      The host routes the whole subnet to its bridge, so the real hosts that have these addresses \
      become unreachable from it. Private networks use the blocks of RFC 1918 and, for IPv6, of \
      RFC 4193. What is not public is listed in IANA's registries of special-purpose addresses.
      """,
    bad: [
      """
      network: {subnet: ▸179.19.0.0/24◂}
      nodes:
        primary: {role: primary, ip: 179.19.0.100}
      """,
      """
      network: {subnet: 172.22.0.0/24, subnet6: ▸"2a00:22::/64"◂}
      """,
      """
      network: {subnet: ▸172.0.0.0/8◂}
      """,
    ],
    good: [
      """
      network: {subnet: 10.22.0.0/24, subnet6: "fd00:22::/64"}
      nodes:
        primary: {role: primary, ip: 10.22.0.100}
      """
    ]
  ) { topology, findings in
    for subnet in topology.network.subnets where !SpecialPurpose.contains(subnet.value) {
      findings.report(
        .isPublic(subnet.value), at: subnet.range,
        hint: subnet.value.family == .v4
          ? "Write a private block, such as \"subnet: 172.22.0.0/24\", and addresses inside of it."
          : "Write a private block, such as \"subnet6: fd00:22::/64\", unless the block is yours; then allow this rule."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func isPublic(_ subnet: CIDRBlock) -> Self {
    "subnet \(subnet.canonical) is public address space"
  }
}
