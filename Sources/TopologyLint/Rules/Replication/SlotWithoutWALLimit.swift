import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let slotWithoutWALLimit = LintRule(
    "slot-without-wal-limit", .warning, .replication,
    summary: "Finds replication slots that keep WAL without limit.",
    rationale: """
      A slot keeps all WAL that its replica has not received. When the replica is down, WAL piles \
      up until the disk of its upstream is full and the upstream stops. With \
      max_slot_wal_keep_size the slot is given up instead, and the replica is copied anew.
      """,
    bad: [
      """
      nodes:
        ▸primary◂: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      settings: {log_checkpoints: on}
      """,
      """
      settings: {max_slot_wal_keep_size: ▸-1◂}
      """,
    ],
    good: [
      """
      settings: {max_slot_wal_keep_size: 4GB}
      """,
      """
      replication: {slots: false}
      archive: {volume: wal-archive, keep: 7d}
      settings: {log_checkpoints: on}
      """,
    ]
  ) { topology, findings in
    guard topology.usesSlots else { return }
    var isReported = false
    for (node, server) in topology.nodes.map({ ($0, $0.settings) })
    where !node.downstreams.isEmpty && server["max_slot_wal_keep_size"].integer == -1 {
      let range = server["max_slot_wal_keep_size"].range
      // A single line, for all nodes, is missing.
      guard range != nil || !isReported else { continue }
      isReported = isReported || range == nil
      findings.report(
        .unlimited, at: range ?? node.nameRange,
        notes: topology.downstreams(of: node).prefix(1).map {
          .init("replica \(name: $0.name) has a slot there", at: $0.nameRange)
        },
        hint:
          "Write \"max_slot_wal_keep_size: 4GB\" below \"settings\", or what the disk can spare.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let unlimited: Self =
    "replication slots keep WAL without limit: max_slot_wal_keep_size is -1"
}
