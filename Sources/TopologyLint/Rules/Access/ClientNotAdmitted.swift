import Admission
import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let clientNotAdmitted = LintRule(
    "client-not-admitted", .error, .access,
    summary: "Finds declared clients that no HBA record lets in.",
    rationale: """
      All nodes have the same HBA records, so such a client can connect to none of them. The first \
      record that matches type, database, user and address decides, and what matches no record is \
      refused.
      """,
    bad: [
      """
      clients:
        backend: {ip: ▸172.22.0.200◂, user: app}
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.200/32, method: reject}
      """,
      """
      clients:
        backend: {ip: ▸172.22.0.200◂, user: app, database: postgres}
      hba:
        derive: false
        records:
          - {type: host, databases: [demo], users: [app], address: 172.22.0.200/32, method: scram-sha-256}
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.0/24, method: scram-sha-256}
      """,
    ],
    good: [
      """
      clients:
        backend: {ip: 172.22.0.200, user: app}
      """,
      """
      clients:
        backend: {ip: 172.22.0.200, user: app}
      hba:
        derive: false
        records:
          - {type: host, databases: [sameuser, demo], users: [+app], address: 172.22.0.200/32, method: scram-sha-256}
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.100/31, method: scram-sha-256}
      """,
    ]
  ) { topology, findings in
    let walk = RecordWalk(topology)
    for client in topology.clients {
      for address in client.addresses {
        let connection = HBAConnection.client(
          from: address.value, tls: topology.usesTLS, client: client)
        guard let refusal = walk.refusal(of: connection, by: topology.primary) else {
          continue
        }
        findings.report(
          .notAdmitted(client.name, refusal), at: address.range, notes: refusal.notes,
          hint: refusal.hint)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notAdmitted(_ client: String, _ refusal: Refusal) -> Self {
    "no node lets client \(name: client) in: \(text: refusal.sentence)"
  }
}
