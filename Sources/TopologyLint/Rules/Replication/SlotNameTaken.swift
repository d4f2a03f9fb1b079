import Diagnostics
import TopologyModel

extension LintRule {
  static let slotNameTaken = LintRule(
    "slot-name-taken", .error, .replication,
    summary: "Finds nodes that share a replication slot on one upstream, now or after a failover.",
    rationale: """
      One receiver at a time can use a replication slot. The second is refused (replication slot \
      "…" is active for PID …) for as long as the first one streams. A slot's default name is its \
      node's with "_" for "-". When a replica is promoted, the former primary and its other \
      replicas follow it beside the replicas that it has: their slots must differ, too.
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
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, slot: ▸primary◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101, slot: standby}
        b: {role: replica, ip: 172.22.0.102}
        leaf: {role: replica, ip: 172.22.0.103, upstream: b, slot: ▸standby◂}
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
    let direct = topology.downstreams(of: topology.primary)
    let taken = Set(topology.nodes.compactMap(\.followerSlot))
    /// The nodes that follow a promoted node, by slot; the promoted node itself is not one
    /// of them.
    var moving: [String: ResolvedNode] = [:]
    for node in [topology.primary] + direct {
      guard let slot = node.followerSlot else { continue }
      if let owner = moving[slot] {
        // The primary does not follow itself: the two meet only after a failover.
        findings.report(
          owner.role == .primary
            ? .takenAfterFailover(slot, owner.name)
            : .taken(slot, owner.name, on: topology.primary.name),
          node, owner, slot, taken)
      } else {
        moving[slot] = node
      }
    }
    for upstream in topology.replicas {
      var owners: [String: ResolvedNode] = [:]
      for replica in topology.downstreams(of: upstream) {
        guard let slot = replica.slot else { continue }
        if let owner = owners[slot] {
          findings.report(.taken(slot, owner.name, on: upstream.name), replica, owner, slot, taken)
        } else if let owner = moving[slot], owner.name != upstream.name {
          findings.report(
            .takenAfterFailover(slot, owner.name, to: upstream.name), replica, owner, slot, taken)
        } else {
          owners[slot] = replica
        }
      }
    }
  }
}

extension LintRule.Findings {
  fileprivate mutating func report(
    _ message: Diagnostic.Message, _ node: ResolvedNode, _ owner: ResolvedNode, _ slot: String,
    _ taken: Set<String>
  ) {
    let free = (2...taken.count + 2).lazy.map { "\(slot.prefix(60))_\($0)" }
      .first { !taken.contains($0) }
    report(
      message, at: node.slotRange ?? node.nameRange,
      notes: [.init("it is given here first", at: owner.slotRange ?? owner.nameRange)],
      hint: free.map {
        "Write another name, such as \(value: "slot: \($0)"), at \(name: node.name)."
      })
  }
}

extension Diagnostic.Message {
  fileprivate static func taken(_ slot: String, _ owner: String, on upstream: String) -> Self {
    "replication slot \(name: slot) on \(name: upstream) belongs to replica \(name: owner) already"
  }

  /// - Parameter upstream: The node to promote; if nil, any node other than the two.
  fileprivate static func takenAfterFailover(
    _ slot: String, _ owner: String, to upstream: String? = nil
  ) -> Self {
    let promoted: Self = upstream.map { "\(name: $0)" } ?? "another node"
    return
      "replication slot \(name: slot) belongs to \(name: owner), too, once \(promoted) is promoted"
  }
}
