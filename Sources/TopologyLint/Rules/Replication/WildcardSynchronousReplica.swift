import Diagnostics
import PostgreSQL
import TopologyModel

extension LintRule {
  static let wildcardSynchronousReplica = LintRule(
    "wildcard-synchronous-replica", .warning, .replication,
    summary: "Finds \"*\" in synchronous_standby_names.",
    rationale: """
      "*" takes the answer of anything that receives WAL and says what it has flushed: a \
      pg_receivewal or barman with a replication slot, a base backup that streams through one, or a \
      replica somebody attached for a test acknowledges commits in the place of the replica that is \
      to take over. It counts under whatever name it connects.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      settings: {synchronous_standby_names: ▸'*'◂}
      """
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      settings: {max_slot_wal_keep_size: 4GB, synchronous_standby_names: 'FIRST 1 (a, b)'}
      """
    ]
  ) { topology, findings in
    guard let synchronous = topology.judgedSynchronous, let names = synchronous.names,
      names.isWildcard
    else { return }
    let direct = topology.downstreams(of: topology.primary).map { HintText.flow($0.name) }
    findings.report(
      .wildcard, at: synchronous.countRange,
      hint: direct.isEmpty
        ? "Remove it: the primary has no replica."
        : "Write \"replication: {synchronous: {method: any, count: \(names.count), "
          + "replicas: [\(text: direct.joined(separator: ", "))]}}\" instead of the setting.")
  }
}

extension Diagnostic.Message {
  fileprivate static let wildcard: Self =
    "\"*\" lets anything that receives WAL acknowledge commits, pg_receivewal and barman included"
}
