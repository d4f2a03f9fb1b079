import Diagnostics
import IPAddressing
import SourceText
import TopologyModel
import YAMLSyntax

extension LintRule {
  static let gatewayOutsideSubnet = LintRule(
    "gateway-outside-subnet", .error, .network,
    summary: "Finds gateways that the subnet does not contain.",
    rationale: """
      The gateway is the host's own address in the network. Docker refuses to create a network \
      whose gateway is not an address of its subnet.
      """,
    bad: [
      "network: {subnet: 172.22.0.0/24, gateway: ▸172.23.0.1◂}",
      """
      network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64", gateway6: ▸"fd00:23::1"◂}
      """,
    ],
    good: [
      """
      network:
        subnet: 172.22.0.0/24
        gateway: 172.22.0.1
        subnet6: "fd00:22::/64"
        gateway6: "fd00:22::1"
      """
    ],
    target: "compose"
  ) { topology, findings in
    lazy var addresses = FreeAddresses(of: topology)
    for gateway in topology.network.gateways {
      guard let subnet = topology.network.subnet(of: gateway.value.family),
        !subnet.value.contains(gateway.value)
      else { continue }
      let free = addresses.next(in: subnet.value, like: gateway.value)
      findings.report(
        .outside(gateway.value, subnet.value), at: gateway.range,
        notes: [.init("the subnet is declared here", at: subnet.range)],
        hint: "Remove it, and Docker chooses one"
          + (free.map { ", or write an address of the subnet, such as \(name: $0)." } ?? "."),
        fixes: topology.document.removal(ofEntryWithValue: gateway.range).map {
          [Fix("Remove the gateway.", .unsafe, [$0])]
        } ?? [])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func outside(_ gateway: IPAddress, _ subnet: CIDRBlock) -> Self {
    "gateway \(gateway) is outside of subnet \(subnet.canonical)"
  }
}
