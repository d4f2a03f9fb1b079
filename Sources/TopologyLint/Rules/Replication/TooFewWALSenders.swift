import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let tooFewWALSenders = LintRule(
    "too-few-wal-senders", .error, .replication,
    summary: "Finds upstreams with fewer WAL senders than their replicas need.",
    rationale: """
      Each replica that streams takes one WAL sender of its upstream, and pg_basebackup takes two \
      while it copies. So one more is needed than there are direct replicas: with fewer the last \
      replica is never copied ("number of requested standby connections exceeds max_wal_senders").
      """,
    bad: [
      """
      settings: {max_wal_senders: ▸1◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {max_wal_senders: ▸2◂}}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      """,
    ],
    good: [
      """
      settings: {max_wal_senders: 2, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for (node, server) in topology.nodes.map({ ($0, $0.settings) }) {
      let replicas = topology.downstreams(of: node)
      let needed = replicas.count + 1
      guard !replicas.isEmpty, server["wal_level"].choice != "minimal",
        let senders = server["max_wal_senders"].integer, senders < needed,
        let range = server["max_wal_senders"].range
      else { continue }
      findings.report(
        .tooFew(senders, needed, on: node.name), at: range,
        notes: replicas.prefix(3).map {
          .init("replica \(name: $0.name) is declared here", at: $0.nameRange)
        },
        hint: "Write \"max_wal_senders: \(max(10, 2 * needed))\", or remove it: it is derived then."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func tooFew(_ count: Int, _ needed: Int, on node: String) -> Self {
    "upstream \(name: node) has \(count) WAL \(count == 1 ? "sender" : "senders") and needs \(needed)"
  }
}
