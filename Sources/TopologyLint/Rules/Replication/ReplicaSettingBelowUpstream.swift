import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let replicaSettingBelowUpstream = LintRule(
    "replica-setting-below-upstream", .error, .replication,
    summary: "Finds replicas with lower limits than the primary's.",
    rationale: """
      Five settings must be at least as high on a replica as on the primary: max_connections, \
      max_worker_processes, max_wal_senders, max_prepared_transactions and \
      max_locks_per_transaction. Otherwise the server does not start ("recovery aborted because of \
      insufficient parameter settings"), or a running one pauses its replay when the primary is \
      restarted with more. The rendered entry point starts a replica with the primary's value where \
      that is higher, so that the order matters while servers run: raise them on the replicas first \
      and restart those, then the primary. Lower them on the primary first, and on a replica once \
      it has replayed what the primary wrote after its restart. With hot_standby off a replica runs \
      with less.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, settings: {max_connections: ▸50◂}}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {max_prepared_transactions: ▸10◂}}
        replica: {role: replica, ip: 172.22.0.101}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, settings: {max_connections: 50}}
        replica: {role: replica, ip: 172.22.0.101, settings: {max_locks_per_transaction: 128}}
      """
    ]
  ) { topology, findings in
    let primary = topology.primary.settings
    let needs = [
      "max_connections", "max_worker_processes", "max_wal_senders", "max_prepared_transactions",
      "max_locks_per_transaction",
    ].compactMap { name in primary[name].integer.map { (name, needed: $0) } }
    for (node, server) in topology.nodes.map({ ($0, $0.settings) })
    where node.role == .replica && server.major == primary.major
      && server["hot_standby"].isOn == true
    {
      // The WAL carries the primary's values through every upstream in between.
      for (name, needed) in needs {
        guard let own = server[name].integer, own < needed,
          let range = server[name].range ?? primary[name].range
        else { continue }
        let isOwn = server[name].range != nil
        let other = isOwn ? primary[name].range : node.nameRange
        let note: Diagnostic.Message =
          isOwn ? "the primary's value is written here" : "the replica is declared here"
        findings.report(
          .lower(name, own, node.name, needed), at: range,
          notes: other.map { [.init(note, at: $0)] } ?? [],
          hint:
            "Write \(keyword: "\(name): \(needed)") for every node, below \"settings\". On running "
            + "servers raise it on the replicas first, and lower it on the primary first.",
          fixes: isOwn
            ? [Fix("Write \(name: needed).", .unsafe, replacing: range, with: "\(needed)")] : [])
      }
    }
  }
}

extension Diagnostic.Message {
  /// Close to the server's words (`RecoveryRequiresIntParameter` in xlogrecovery.c).
  fileprivate static func lower(_ name: String, _ own: Int, _ node: String, _ needed: Int) -> Self {
    "\(text: name) = \(own) of replica \(name: node) is a lower setting than on the primary, where it is \(needed)"
  }
}
