import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hbaAddressOutsideNetwork = LintRule(
    "hba-address-outside-network", .warning, .access,
    summary: "Finds HBA records for addresses that cannot reach the nodes.",
    rationale: """
      Containers of a bridge network are reached from its own subnet, and from elsewhere only \
      through published ports. Where no port is published beyond the host itself, a record for \
      other addresses lets nobody in, and those that were meant are refused. An external network, \
      or one of another driver, may be routed; there this rule says nothing.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: ▸172.23.0.200/32◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸10.0.0.0 255.0.0.0◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸"fd00:22::/64"◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "192.168.1.5:5432"}
        replica: {role: replica, ip: 172.22.0.101}
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: 192.168.1.0/24, method: scram-sha-256}
      """,
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 127.0.0.0/8, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: 172.16.0.0/12, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: 10.0.0.0/8, method: reject}
      """,
    ],
    target: "compose"
  ) { topology, findings in
    guard topology.isReachedFromItsSubnetsAlone else { return }
    let subnets = topology.network.subnets
    for record in topology.declaredRecords where record.value.record.admitsOverNetwork {
      guard let range = record.value.addressRange, let address = record.value.record.address,
        !address.isEverywhere, address.mappedBlock == nil, let block = address.coveredBlock,
        !subnets.contains(where: { $0.value.overlaps(block) })
      else { continue }
      let subnet = topology.network.subnet(of: block.family) ?? topology.network.subnet
      findings.report(
        .outside(block), at: range,
        notes: [.init("the subnet is declared here", at: subnet.range)],
        hint: "Write addresses of \(subnet.value.canonical), or publish a node's port for others.")
    }
  }
}

extension ResolvedTopology {
  /// Whether Docker admits only the network's own containers and the host.
  fileprivate var isReachedFromItsSubnetsAlone: Bool {
    !network.isExternal && network.driver == "bridge"
      && nodes.allSatisfy { node in
        guard let publish = node.publish?.value else { return true }
        return publish.address.isLoopback
      }
  }
}

extension Diagnostic.Message {
  fileprivate static func outside(_ block: CIDRBlock) -> Self {
    "nothing with an address of \(block) can reach the nodes"
  }
}
