import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let replicaMayLoseWAL = LintRule(
    "replica-may-lose-wal", .warning, .replication,
    summary: "Finds replicas for which nothing keeps the WAL that they miss.",
    rationale: """
      Without a slot and without an archive an upstream keeps wal_keep_size of WAL for its \
      replicas. A replica that misses more ("requested WAL segment has already been removed") has \
      to be copied anew. Up to max_wal_size is written between two checkpoints, so less than that \
      does not last from one to the next.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        ▸replica◂: {role: replica, ip: 172.22.0.101}
      replication: {slots: false}
      """,
      """
      replication: {slots: false}
      settings: {wal_keep_size: ▸64MB◂}
      """,
    ],
    good: [
      """
      replication: {slots: false}
      settings: {wal_keep_size: 1GB}
      """,
      """
      replication: {slots: false}
      archive: {volume: wal-archive, keep: 7d}
      """,
    ]
  ) { topology, findings in
    guard !topology.usesSlots else { return }
    var isReported = false
    for node in topology.nodes {
      guard let index = node.upstream, !node.settings["restore_command"].isGiven,
        let kept = topology.nodes[index].settings["wal_keep_size"].integer,
        let written = topology.nodes[index].settings["max_wal_size"].integer, kept < written
      else { continue }
      let range = topology.nodes[index].settings["wal_keep_size"].range
      guard range != nil || !isReported else { continue }
      isReported = isReported || range == nil
      findings.report(
        .mayLose(kept), at: range ?? node.nameRange,
        hint:
          "Write \"replication: {slots: true}\", \"archive: {volume: wal-archive, keep: 7d}\", or \"wal_keep_size: \(written)MB\"."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayLose(_ kept: Int) -> Self {
    "no slot and no archive keeps WAL for the replicas, and wal_keep_size is only \(kept)MB"
  }
}
