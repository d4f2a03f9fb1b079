import Diagnostics
import PostgresConfig
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
      settings: {synchronous_standby_names: ▸'"replica-1"'◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica}
      replication: {synchronous: {method: first, count: ▸2◂, replicas: [replica, leaf]}}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        spare: {role: replica, ip: 172.22.0.102}
      settings: {synchronous_standby_names: 'ANY 1 (Replica, SPARE)'}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.synchronous, let names = synchronous.names, !names.isEmpty
    else { return }
    let replicas = topology.synchronousReplicas(names)
    guard names.count > replicas.count else { return }
    let direct = Set(topology.downstreams(of: topology.primary).map(\.name))
    let cascaded = (topology.declaration.replication?.synchronous?.replicas ?? [])
      .filter { synchronous.range == nil && !direct.contains($0.value) }
    findings.report(
      .unreachable(names.count, replicas.map(\.name)), at: synchronous.countRange,
      notes: cascaded.map { .init("this node does not stream from the primary", at: $0.range) },
      hint: topology.synchronousHint(atMost: max(1, replicas.count - 1)))
  }
}

extension ResolvedTopology {
  /// The direct replicas that a commit on the primary may wait for. A replica's
  /// application_name is its node's name.
  func synchronousReplicas(_ names: SynchronousStandbyNames) -> [ResolvedNode] {
    downstreams(of: primary).filter { names.matches(applicationName: $0.name) }
  }

  /// What to write so that commits wait for some of the direct replicas and never for all.
  func synchronousHint(atMost count: Int) -> String {
    let direct = downstreams(of: primary).map { HintText.flow($0.name) }
    guard direct.count > 1 else {
      return "Add a second replica of \"\(primary.name)\" and write \"replication: {synchronous: "
        + "{method: any, count: 1}}\", or let commits wait for no replica."
    }
    return "Write \"replication: {synchronous: {method: any, "
      + "count: \(min(count, direct.count - 1)), replicas: [\(direct.joined(separator: ", "))]}}\"."
  }
}

extension Diagnostic.Message {
  fileprivate static func unreachable(_ count: Int, _ replicas: [String]) -> Self {
    let wanted = count == 1 ? "1 synchronous replica" : "\(count) synchronous replicas"
    let names = replicas.map { "\"\($0)\"" }.joined(separator: ", ")
    return replicas.isEmpty
      ? "commits wait for \(wanted), and no replica of the primary is one"
      : "commits wait for \(wanted), and only \(names) can be one"
  }
}
