import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let delayedSynchronousReplica = LintRule(
    "delayed-synchronous-replica", .warning, .replication,
    summary: "Finds synchronous replicas that apply WAL late.",
    rationale: """
      With recovery_min_apply_delay a replica holds back what it has received. With \
      synchronous_commit remote_apply every commit waits for that long; otherwise the replica that \
      is to take over has to catch up first, and readers of it see old data.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101, settings: {recovery_min_apply_delay: ▸5min◂}}
        b: {role: replica, ip: 172.22.0.102}
      replication: {synchronous: {method: any, count: 1}}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
        late: {role: replica, ip: 172.22.0.103, settings: {recovery_min_apply_delay: 5min}}
      replication: {synchronous: {method: any, count: 1, replicas: [a, b]}}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names else {
      return
    }
    let isApplied = topology.primary.settings["synchronous_commit"].choice == "remote_apply"
    let replicas = Set(topology.synchronousReplicas(names).map(\.name))
    for (node, server) in topology.nodes.map({ ($0, $0.settings) })
    where replicas.contains(node.name) {
      guard let delay = server["recovery_min_apply_delay"].integer, delay > 0,
        let range = server["recovery_min_apply_delay"].range
      else { continue }
      findings.report(
        isApplied ? .waits(node.name) : .late(node.name), at: range,
        notes: [.init("commits wait for it", at: synchronous.countRange)],
        hint: "Remove the delay, or let commits wait for other replicas.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func waits(_ node: String) -> Self {
    "commits wait until synchronous replica \(name: node) has applied them, after its delay"
  }

  fileprivate static func late(_ node: String) -> Self {
    "synchronous replica \(name: node) applies WAL late"
  }
}
