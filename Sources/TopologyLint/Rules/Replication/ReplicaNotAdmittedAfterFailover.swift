import Admission
import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let replicaNotAdmittedAfterFailover = LintRule(
    "replica-not-admitted-after-failover", .warning, .replication,
    summary: "Finds nodes that could not follow another node once that one is promoted.",
    rationale: """
      After a failover the former primary comes back as a replica of the promoted node. All nodes \
      have the same HBA records, so one that lets nobody in from the primary's address is found \
      out on the day of the failover.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: ▸172.22.0.100◂}
        replica: {role: replica, ip: 172.22.0.101}
      hba:
        derive: false
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    guard topology.nodes.count > 1, let user = topology.replicationUser else { return }
    let walk = RecordWalk(topology)
    for node in topology.nodes {
      guard let other = topology.nodes.first(where: { $0.name != node.name }) else { continue }
      let upstream = topology.upstream(of: node)
      // Another rule reports what a replica needs today, as an error.
      for address in node.addresses
      where upstream?.hasAddress(of: address.value.family) != true {
        let connection = HBAConnection.replication(
          from: address.value, tls: topology.usesTLS, user: user)
        guard let refusal = walk.refusal(of: connection, by: other) else { continue }
        findings.report(
          .notAdmitted(node, refusal), at: address.range, notes: refusal.notes, hint: refusal.hint)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func notAdmitted(_ node: ResolvedNode, _ refusal: Refusal) -> Self {
    "after a failover no node would let \(name: node.name) in: \(text: refusal.sentence)"
  }
}
