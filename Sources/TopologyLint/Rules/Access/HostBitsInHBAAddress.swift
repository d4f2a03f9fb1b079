import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hostBitsInHBAAddress = LintRule(
    "host-bits-in-hba-address", .warning, .access,
    summary: "Finds HBA records whose address looks like one host and means a whole network.",
    rationale: """
      Only as many bits count as the prefix length says: 172.22.0.102/24 is all of 172.22.0.0/24, \
      and PostgreSQL says nothing. One host is a /32, or a /128 in IPv6.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: ▸172.22.0.102/24◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸172.22.0.102 255.255.0.0◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: 172.22.0.101/32, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: 127.0.0.1/8, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      guard let range = record.value.addressRange, let address = record.value.record.address,
        let (host, network) = address.hostBitsBlock
      else { continue }
      let (one, all) = ("\(CIDRBlock(only: host))", "\(network)")
      findings.report(
        .hostBits(address, network), at: range,
        hint: "Write \(name: one) for that host alone, or \(name: all) for the network.",
        // Unsafe: only the author knows which of the two is meant.
        fixes: [one, all].map {
          Fix("Write \(name: $0).", .unsafe, replacing: range, with: HintText.flow($0))
        })
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func hostBits(_ address: HBAAddress, _ network: CIDRBlock) -> Self {
    "\(name: address.hbaText) is about all of \(network)"
  }
}
