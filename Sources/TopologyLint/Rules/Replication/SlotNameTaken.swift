import Diagnostics
import TopologyModel

extension LintRule {
  static let slotNameTaken = LintRule(
    "slot-name-taken", .error, .replication,
    summary: "Finds replicas of one upstream that share a replication slot.",
    rationale: """
      One receiver at a time can use a replication slot. The second replica is refused \
      (replication slot "…" is active for PID …) for as long as the first one streams. A slot's \
      default name is its node's with "_" for "-".
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, slot: standby}
        spare: {role: replica, ip: 172.22.0.102, slot: ▸standby◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica-1: {role: replica, ip: 172.22.0.101}
        ▸replica_1◂: {role: replica, ip: 172.22.0.102}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, slot: standby}
        leaf: {role: replica, ip: 172.22.0.102, upstream: replica, slot: standby}
      """
    ]
  ) { topology, findings in
    for upstream in topology.nodes {
      let replicas = topology.downstreams(of: upstream)
      let slots = Set(replicas.compactMap(\.slot))
      var owners: [String: ResolvedNode] = [:]
      for replica in replicas {
        guard let slot = replica.slot else { continue }
        guard let owner = owners[slot] else {
          owners[slot] = replica
          continue
        }
        let free = (2...slots.count + 2).lazy.map { "\(slot.prefix(60))_\($0)" }
          .first { !slots.contains($0) }
        findings.report(
          .taken(slot, owner.name, on: upstream.name), at: replica.slotRange,
          notes: [.init("it is given here first", at: owner.slotRange)],
          hint: free.map { "Write another name, such as \"slot: \($0)\", at \"\(replica.name)\"." })
      }
    }
  }
}

extension ResolvedNode {
  /// Where its slot's name comes from.
  fileprivate var slotRange: SourceRange { declaration.slot?.range ?? nameRange }
}

extension Diagnostic.Message {
  fileprivate static func taken(_ slot: String, _ owner: String, on upstream: String) -> Self {
    "replication slot \"\(slot)\" on \"\(upstream)\" belongs to replica \"\(owner)\" already"
  }
}
