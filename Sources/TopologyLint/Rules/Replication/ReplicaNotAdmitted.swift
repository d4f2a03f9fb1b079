import Admission
import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let replicaNotAdmitted = LintRule(
    "replica-not-admitted", .error, .replication,
    summary: "Finds replicas that their upstream's HBA records do not let in.",
    rationale: """
      A replica that is not let in never copies its upstream and never starts. The first record \
      that matches type, database, user and address decides, and what matches no record is \
      refused. The database "all" does not match replication connections; only the word \
      "replication" does.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: ▸172.22.0.101◂}
        spare: {role: replica, ip: 172.22.0.102}
      hba:
        records:
          - {type: host, databases: [all, replication], users: [all], address: 172.22.0.101/32, method: reject}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: ▸172.22.0.101◂}
      hba:
        derive: false
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: scram-sha-256}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: ▸172.22.0.101◂}
      hba:
        derive: false
        records:
          - {type: host, databases: [replication], users: [admin], address: 172.22.0.0/24, method: scram-sha-256}
      """,
    ],
    good: [
      """
      hba:
        derive: false
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.100/31, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    guard let user = topology.replicationUser else { return }
    let walk = RecordWalk(topology)
    for node in topology.nodes {
      guard let upstream = topology.upstream(of: node) else { continue }
      for address in node.addresses where upstream.hasAddress(of: address.value.family) {
        let connection = HBAConnection.replication(
          from: address.value, tls: topology.usesTLS, user: user)
        guard let refusal = walk.refusal(of: connection, by: upstream) else { continue }
        findings.report(
          .notAdmitted(node, upstream, refusal), at: address.range, notes: refusal.notes,
          hint: refusal.hint)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notAdmitted(
    _ node: ResolvedNode, _ upstream: ResolvedNode, _ refusal: Refusal
  ) -> Self {
    "upstream \(name: upstream.name) does not let replica \(name: node.name) in: \(text: refusal.sentence)"
  }
}
