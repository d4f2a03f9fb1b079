import Diagnostics
import PostgreSQL
import TopologyModel

extension LintRule {
  static let noSpareSynchronousReplica = LintRule(
    "no-spare-synchronous-replica", .warning, .replication,
    summary: "Finds commits that wait for as many synchronous replicas as there are.",
    rationale: """
      When one replica is down, restarts or is copied anew, every write on the primary waits for \
      it. Synchronous replication stays available with one replica more than commits wait for.
      """,
    bad: [
      """
      replication: {synchronous: {method: any, count: ▸1◂}}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {synchronous_standby_names: ▸'FIRST 2 (a, B)'◂}}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      replication: {synchronous: {method: any, count: 1}}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names,
      !names.isEmpty
    else { return }
    let replicas = topology.synchronousReplicas(names)
    guard names.count == replicas.count, names.count == topology.namedReplicaCount(names) else {
      return
    }
    findings.report(
      .noSpare(replicas), at: synchronous.countRange,
      notes: replicas.map { .init("replica \(name: $0.name) is declared here", at: $0.nameRange) },
      hint: topology.synchronousHint(atMost: names.count))
  }
}

extension Diagnostic.Message {
  fileprivate static func noSpare(_ replicas: [ResolvedNode]) -> Self {
    replicas.count == 1
      ? "commits wait for the only synchronous replica: when it is down, so are writes"
      : "commits wait for all \(replicas.count) synchronous replicas: when one is down, so are writes"
  }
}
