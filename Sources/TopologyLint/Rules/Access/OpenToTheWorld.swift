import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let openToTheWorld = LintRule(
    "open-to-the-world", .warning, .access,
    summary: "Finds HBA records that let in from every address.",
    rationale: """
      0.0.0.0/0, ::/0 and "all" leave the password as the only thing between the internet and the \
      database, as soon as a port is published or the network is routed.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: ▸0.0.0.0/0◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸"::/0"◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸all◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸10.0.0.0 0.0.0.0◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [all], users: [all], address: all, method: reject}
      """
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      guard let range = record.value.addressRange, record.value.record.method != .reject,
        let address = record.value.record.address, address.isEverywhere
      else { continue }
      findings.report(
        .open(address), at: range,
        hint: topology.narrowerHint)
    }
  }
}

extension ResolvedTopology {
  fileprivate var narrowerHint: Diagnostic.Message {
    let subnets = network.subnets.map { "address: \($0.value.canonical)" }
    return "Write the addresses that need it, such as \(keywords: subnets, .or)."
  }
}

extension Diagnostic.Message {
  fileprivate static func open(_ address: HBAAddress) -> Self {
    "the record lets in from every address: \(name: address.hbaText)"
  }
}
