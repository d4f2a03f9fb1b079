import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let cascadedSynchronousReplica = LintRule(
    "cascaded-synchronous-replica", .error, .replication,
    summary: "Finds synchronous replicas that do not stream from the primary.",
    rationale: """
      Only replicas that stream directly from the primary can acknowledge its commits. One behind \
      another replica never does, and commits may wait for it without limit.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      replication: {synchronous: {method: first, count: 2, replicas: [replica, ▸leaf◂]}}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      settings: {synchronous_standby_names: ▸leaf◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
        leaf: {role: replica, ip: 172.22.0.103, upstream: a}
      replication: {synchronous: {method: any, count: 1}}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names,
      !names.isWildcard
    else { return }
    for node in topology.cascadedSynchronousReplicas(names) {
      let entry = synchronous.written.first { $0.value == node.name }?.range
      guard let range = synchronous.range ?? entry else { continue }
      findings.report(
        .cascaded(node.name), at: range,
        notes: [
          .init(
            "its upstream is declared here", at: node.upstreamRange ?? node.nameRange)
        ],
        hint: "Leave \(name: node.name) out, or make \(name: topology.primary.name) its upstream.")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cascaded(_ node: String) -> Self {
    "replica \(name: node) does not stream from the primary, and so cannot be synchronous"
  }
}
