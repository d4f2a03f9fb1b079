import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let tooFewReplicationSlots = LintRule(
    "too-few-replication-slots", .error, .replication,
    summary: "Finds upstreams with fewer replication slots than their replicas need.",
    rationale: """
      Each direct replica has a slot on its upstream; without slots pg_basebackup still makes one \
      while it copies. A replica without a free slot is never copied ("all replication slots are \
      in use").
      """,
    bad: [
      """
      settings: {max_replication_slots: ▸0◂}
      """,
      """
      replication: {slots: false}
      archive: {volume: wal-archive, keep: 7d}
      settings: {max_replication_slots: ▸0◂}
      """,
    ],
    good: [
      """
      settings: {max_replication_slots: 1, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for (node, server) in topology.nodes.map({ ($0, $0.settings) }) {
      let replicas = topology.downstreams(of: node)
      let needed = topology.usesSlots ? replicas.count : min(1, replicas.count)
      guard let slots = server["max_replication_slots"].integer, slots < needed,
        let range = server["max_replication_slots"].range
      else { continue }
      findings.report(
        .tooFew(slots, needed, on: node.name), at: range,
        notes: replicas.prefix(3).map {
          .init("replica \(name: $0.name) is declared here", at: $0.nameRange)
        },
        hint:
          "Write \"max_replication_slots: \(max(10, needed + 2))\", or remove it: it is derived then."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func tooFew(_ count: Int, _ needed: Int, on node: String) -> Self {
    "upstream \(name: node) has \(count) replication \(count == 1 ? "slot" : "slots") and needs \(needed)"
  }
}
