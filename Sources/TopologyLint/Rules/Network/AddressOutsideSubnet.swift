import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let addressOutsideSubnet = LintRule(
    "address-outside-subnet", .error, .network,
    summary: "Finds addresses of nodes and clients that the subnet does not contain.",
    rationale: """
      Docker refuses to start a container whose static address lies outside of its network's \
      subnet, and half of the topology is up before it says so.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: ▸172.23.0.101◂}
      """,
      """
      network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64"}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, ip6: ▸"fd00:23::100"◂}
      clients:
        backend: {ip: ▸10.0.0.1◂, user: app}
      """,
    ],
    good: [
      """
      network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64"}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, ip6: "fd00:22::100"}
      """
    ],
    target: "compose"
  ) { topology, findings in
    lazy var addresses = FreeAddresses(of: topology)
    for endpoint in topology.endpoints {
      let address = endpoint.address.value
      guard let subnet = topology.network.subnet(of: address.family),
        !subnet.value.contains(address)
      else { continue }
      let free = addresses.next(in: subnet.value, like: address)
      findings.report(
        .outside(address, subnet.value), at: endpoint.address.range,
        notes: [.init("the subnet is declared here", at: subnet.range)],
        hint: free.map { "Write an address of the subnet, such as \(name: $0)." }
          ?? "Write an address of the subnet.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func outside(_ address: IPAddress, _ subnet: CIDRBlock) -> Self {
    "address \(address) is outside of subnet \(subnet.canonical)"
  }
}
