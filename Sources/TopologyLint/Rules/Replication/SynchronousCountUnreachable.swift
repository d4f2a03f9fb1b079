import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let synchronousCountUnreachable = LintRule(
    "synchronous-count-unreachable", .error, .replication,
    summary: "Finds commits that wait for more synchronous replicas than there are.",
    rationale: """
      Every command that writes waits, without limit and without an error, until enough replicas \
      have answered. Only replicas that stream directly from the primary can answer, a replica \
      answers once however often it is named, and a name that no replica has never answers. \
      Names are compared without regard to case.
      """,
    bad: [
      """
      replication: {synchronous: {method: any, count: ▸2◂}}
      """,
      """
      settings: {synchronous_standby_names: ▸'ANY 2 (replica, replica)'◂}
      """,
      """
      settings: {synchronous_standby_names: ▸primary◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      replication: {synchronous: {method: first, count: ▸3◂, replicas: [replica, leaf]}}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        spare: {role: replica, ip: 172.22.0.102}
      settings: {max_slot_wal_keep_size: 4GB, synchronous_standby_names: 'ANY 1 (Replica, SPARE)'}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names,
      !names.isEmpty
    else { return }
    let replicas = topology.synchronousReplicas(names)
    guard names.count > topology.namedReplicaCount(names) else { return }
    let direct = Set(topology.downstreams(of: topology.primary).map(\.name))
    let cascaded = synchronous.written.filter {
      synchronous.range == nil && !direct.contains($0.value)
    }
    findings.report(
      .unreachable(names, replicas.map(\.name)), at: synchronous.countRange,
      notes: cascaded.map {
        .init("replica \(name: $0.value) does not stream from the primary", at: $0.range)
      },
      hint: topology.synchronousHint(atMost: max(1, replicas.count - 1)))
  }
}

extension Diagnostic.Message {
  fileprivate static func unreachable(
    _ names: SynchronousStandbyNames, _ replicas: [String]
  ) -> Self {
    let wanted: Self =
      names.count == 1 ? "1 synchronous replica" : "\(names.count) synchronous replicas"
    return replicas.isEmpty
      ? "commits wait for \(wanted), and no replica of the primary is called \(names: names.names, .or)"
      : "commits wait for \(wanted), and only \(names: replicas, .or) can be one"
  }
}
