import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let ipRangeOverStaticAddress = LintRule(
    "ip-range-over-static-address", .warning, .network,
    summary: "Finds static addresses inside the range that Docker hands out by itself.",
    rationale: """
      Containers that ask for no address get one from "ip_range" in the order in which they \
      start. When one of them starts first, it may get a node's address, and the node fails to \
      start with "Address already in use".
      """,
    bad: [
      """
      network: {subnet: 172.22.0.0/24, ip_range: 172.22.0.64/26}
      nodes:
        primary: {role: primary, ip: 172.22.0.10}
        replica: {role: replica, ip: ▸172.22.0.101◂}
      """
    ],
    good: ["network: {subnet: 172.22.0.0/24, ip_range: 172.22.0.128/25}"],
    target: "compose"
  ) { topology, findings in
    guard let range = topology.network.ipRange else { return }
    lazy var addresses = FreeAddresses(of: topology)
    for endpoint in topology.endpoints where range.value.contains(endpoint.address.value) {
      let free = addresses.next(
        in: topology.network.subnet.value, like: endpoint.address.value, outside: range.value)
      findings.report(
        .inRange(endpoint), at: endpoint.address.range,
        notes: [.init("the range is declared here", at: range.range)],
        hint: free.map { "Write an address outside of the range, such as \(name: $0)." }
          ?? "Write a smaller \"ip_range\", one without this address.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func inRange(_ endpoint: Endpoint) -> Self {
    "address \(endpoint.address.value) of \(text: endpoint.kind.rawValue) \(name: endpoint.name) may be given to another container"
  }
}
