import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hbaAddressUnknown = LintRule(
    "hba-address-unknown", .warning, .access,
    summary: "Finds HBA records for an address of the subnet that nobody has.",
    rationale: """
      A record for one address of the topology's own subnet is meant for one node or client. When \
      none has that address, it is a slip, or a door left open for whatever gets the address next. \
      In an external network others may live too; there this rule says nothing.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: ▸172.22.0.102/32◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸172.22.0.201 255.255.255.255◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      clients:
        backend: {ip: 172.22.0.200, user: app}
      network: {subnet: 172.22.0.0/24, ip_range: 172.22.0.240/28}
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.200/32, method: scram-sha-256}
          - {type: host, databases: [all], users: [app], address: 172.22.0.241/32, method: scram-sha-256}
          - {type: host, databases: [all], users: [app], address: 10.0.0.1/32, method: scram-sha-256}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "10.0.0.2:5432"}
      """
    ]
  ) { topology, findings in
    guard !topology.network.isExternal else { return }
    // The host itself connects from the gateway's address.
    let known = Set(topology.endpoints.map(\.address.value))
      .union(topology.network.reservedAddresses.map(\.address))
    for record in topology.declaredRecords {
      guard record.value.record.method != .reject, let range = record.value.addressRange,
        let address = record.value.record.address?.singleAddress,
        topology.network.subnets.contains(where: { $0.value.contains(address) }),
        !known.contains(address), topology.network.ipRange?.value.contains(address) != true
      else { continue }
      findings.report(
        .unknown(address), at: range,
        notes: topology.nearestEndpoint(to: address).map {
          [
            .init(
              "\(text: $0.kind.rawValue) \(name: $0.name) has \($0.address.value)",
              at: $0.address.range)
          ]
        } ?? [],
        hint: "Write the address of a node or client, or remove the record.")
    }
  }
}

extension ResolvedTopology {
  /// The node or client whose address differs least from this one.
  fileprivate func nearestEndpoint(to address: IPAddress) -> Endpoint? {
    endpoints.filter { $0.address.value.family == address.family }.min {
      address.distance(to: $0.address.value) < address.distance(to: $1.address.value)
    }
  }
}

extension IPAddress {
  fileprivate func distance(to other: IPAddress) -> UInt128 {
    bits > other.bits ? bits - other.bits : other.bits - bits
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ address: IPAddress) -> Self {
    "no node or client has address \(address)"
  }
}
