import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hostsslWithoutTLS = LintRule(
    "hostssl-without-tls", .error, .access,
    summary: "Finds HBA records for TLS where no server speaks it.",
    rationale: """
      Records of type hostssl match connections with TLS and no others. Without "tls" the servers \
      offer none, so such a record never matches; PostgreSQL loads it with a warning in its log, \
      and whoever it was for is refused.
      """,
    bad: [
      """
      hba:
        records:
          - {type: ▸hostssl◂, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ],
    good: [
      """
      tls: {certificate: certs/server.crt, key: certs/server.key}
      hba:
        records:
          - {type: hostssl, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    guard !topology.mayUseTLS else { return }
    for record in topology.declaredRecords where record.value.record.connectionType == .hostssl {
      findings.report(
        .neverMatches, at: record.value.typeRange,
        hint: "Add \"tls\" with a certificate and its key, or write \"type: host\".",
        // Unsafe: the author may want TLS instead.
        fixes: [
          Fix("Write \"host\".", .unsafe, replacing: record.value.typeRange, with: "host")
        ])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let neverMatches: Self =
    "the record never matches: it is for TLS, which no server here speaks"
}
