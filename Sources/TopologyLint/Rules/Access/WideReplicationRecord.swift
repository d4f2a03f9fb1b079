import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let wideReplicationRecord = LintRule(
    "wide-replication-record", .warning, .access,
    summary: "Finds HBA records that let more than the replicas replicate.",
    rationale: """
      Whoever may replicate can copy all data, past every permission inside the database. Only \
      the nodes need it, and whatever archives or backs up. With "derive" each node gets a record \
      of its own, so most topologies need none by hand.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: ▸172.22.0.0/24◂, method: scram-sha-256}
          - {type: host, databases: [all, replication], users: [repuser], address: ▸samenet◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.100/31, method: scram-sha-256}
          - {type: host, databases: [replication], users: [all], address: 172.22.0.0/24, method: reject}
      """,
      """
      clients:
        backup: {ip: 172.22.0.102, user: repuser, database: postgres}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101}
        spare: {role: replica, ip: 172.22.0.103}
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.100/30, method: scram-sha-256}
      """,
    ]
  ) { topology, findings in
    let backups = topology.clients.filter(\.user.canReplicate).flatMap(\.addresses)
    let known = Set((topology.nodes.flatMap(\.addresses) + backups).map(\.value))
    for record in topology.declaredRecords {
      let value = record.value.record
      guard value.databases.contains(.keyword(.replication)), value.admitsOverNetwork,
        let address = value.address, let range = record.value.addressRange,
        topology.isWide(address, beyond: known)
      else { continue }
      let users = topology.nodes.flatMap(\.addresses).prefix(3).map { "\($0.value)" }
      findings.report(
        .wide(address), at: range,
        hint:
          "Write one record for each node's address (\(text: users.joined(separator: ", "))), or none: "
          + "\"hba: {derive: true}\" adds them.")
    }
  }
}

extension ResolvedTopology {
  /// Whether the record matches addresses that no replica has. Other rules report records
  /// that are open to all, outside the network, or a slip of the prefix.
  fileprivate func isWide(_ address: HBAAddress, beyond known: Set<IPAddress>) -> Bool {
    guard !address.isEverywhere else { return false }
    if address == .samenet { return true }
    guard let block = address.coveredBlock, block.first != block.last,
      network.isExternal || network.subnets.contains(where: { $0.value.overlaps(block) }),
      address.hostBitsBlock == nil
    else { return false }
    // Only a block with no more addresses than there are nodes and clients can be enumerated.
    let size = block.last.bits - block.first.bits
    guard size < UInt128(known.count) else { return true }
    return (block.first.bits...block.last.bits).contains {
      !known.contains(IPAddress(family: block.family, bits: $0))
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func wide(_ address: HBAAddress) -> Self {
    "replication is open to \(name: address.hbaText), which is more than the nodes"
  }
}
