import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let trustOverNetwork = LintRule(
    "trust-over-network", .error, .access,
    summary: "Finds HBA records that let in over the network without a password.",
    rationale: """
      With the method trust whoever reaches the port is any user they say they are, superusers \
      included. Inside the container, over the socket or the loopback address, it gives nothing \
      that reading the data files does not give already.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: ▸trust◂}
      """,
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: samenet, method: ▸trust◂}
      """,
    ],
    good: [
      """
      hba:
        records:
          - {type: local, databases: [all], users: [all], method: trust}
          - {type: host, databases: [all], users: [all], address: 127.0.0.1/32, method: trust}
          - {type: host, databases: [all], users: [all], address: "::1/128", method: trust}
      """
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      let value = record.value.record
      guard value.method == .trust, value.admitsOverNetwork, let address = value.address else {
        continue
      }
      findings.report(
        .trust(address), at: record.value.methodRange, hint: "Write \"method: scram-sha-256\".",
        fixes: [
          Fix(
            "Write \"scram-sha-256\".", .unsafe, replacing: record.value.methodRange,
            with: "scram-sha-256")
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func trust(_ address: HBAAddress) -> Self {
    "anybody from \(name: address.hbaText) is let in without a password"
  }
}
