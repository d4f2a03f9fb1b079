import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let subnetSharedBetweenTopologies = LintRule.acrossFiles(
    "subnet-shared-between-topologies", .warning, .network,
    summary: "Finds topologies of one run whose subnets overlap.",
    rationale: """
      Docker creates no network over the addresses of another one on the same host: whichever \
      topology comes up second fails with "Pool overlaps with other one on this address space". \
      Topologies that join one external network by its name may share its subnet.
      """,
    bad: [
      """
      name: first
      ---
      name: second
      network: {subnet: ▸172.22.0.0/16◂}
      """
    ],
    good: [
      """
      name: first
      ---
      name: second
      network: {subnet: 172.22.1.0/24}
      nodes:
        primary: {role: primary, ip: 172.22.1.100}
      """,
      """
      name: first
      network: {name: shared, subnet: 172.22.0.0/24}
      ---
      name: second
      network: {name: shared, subnet: 172.22.0.0/24, external: true}
      """,
    ],
    target: "compose"
  ) { topologies, findings in
    // Two blocks are nested or disjoint. In this order, a block comes after those that
    // contain it, and these are what is left on the stack.
    let subnets = topologies.flatMap { topology in
      topology.network.subnets.map { NetworkSubnet(network: topology.network, subnet: $0) }
    }
    .sorted { $0.sortKey < $1.sortKey }
    var enclosing: [NetworkSubnet] = []
    for subnet in subnets {
      while let last = enclosing.last, !last.block.contains(subnet.block) { enclosing.removeLast() }
      if let other = enclosing.last(where: { !$0.isSame(as: subnet) }) {
        let isLater = other.subnet.range.file < subnet.subnet.range.file
        let (earlier, later) = isLater ? (other, subnet) : (subnet, other)
        findings.report(
          .overlaps(later.block, earlier), at: later.subnet.range,
          notes: [.init("the other subnet is declared here", at: earlier.subnet.range)],
          hint: "Write another private block, such as \"subnet: 172.23.0.0/24\".")
      }
      enclosing.append(subnet)
    }
  }
}

private struct NetworkSubnet {
  let network: ResolvedNetwork
  let subnet: Located<CIDRBlock>

  var block: CIDRBlock { subnet.value.canonical }
  var sortKey: (IPAddress, Int, SourceFile.ID) {
    (block.first, block.prefixLength, subnet.range.file)
  }

  /// Whether both mean the same network, which at least one of the two only joins.
  func isSame(as other: NetworkSubnet) -> Bool {
    network.name == other.network.name && (network.isExternal || other.network.isExternal)
  }
}

extension Diagnostic.Message {
  fileprivate static func overlaps(_ subnet: CIDRBlock, _ other: NetworkSubnet) -> Self {
    "subnet \(subnet) overlaps with \(other.block) of network \(name: other.network.name) in another file"
  }
}
