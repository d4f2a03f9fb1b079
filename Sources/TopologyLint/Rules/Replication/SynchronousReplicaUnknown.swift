import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let synchronousReplicaUnknown = LintRule(
    "synchronous-replica-unknown", .error, .replication,
    summary: "Finds names in synchronous_standby_names that no node has.",
    rationale: """
      Commits wait for replicas by their application_name, which is the node's name. A name that \
      no node has never answers: commits wait for it without limit, or one replica less stands by \
      than it seems. Names are compared without regard to case.
      """,
    bad: [
      """
      settings: {synchronous_standby_names: ▸'"replica-1"'◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      settings: {synchronous_standby_names: ▸'FIRST 1 (a, standby)'◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      settings: {synchronous_standby_names: 'ANY 1 (primary, A, b)', max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names,
      let range = synchronous.range, !names.isWildcard
    else { return }
    let nodes = topology.nodes.map(\.name)
    lazy var nearest = NearestNames(nodes)
    for name in topology.unknownSynchronousNames(names) {
      findings.report(
        .unknown(name), at: range,
        hint: nearest.nearest(to: name).map { "Perhaps you meant \(name: $0.name)." }
          ?? "Write the names of replicas, such as \(name: topology.replicas.first?.name ?? nodes[0])."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ name: String) -> Self {
    "no node is called \(name: name), for which commits are to wait"
  }
}
