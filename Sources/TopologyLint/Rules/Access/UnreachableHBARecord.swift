import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let unreachableHBARecord = LintRule(
    "unreachable-hba-record", .warning, .access,
    summary: "Finds HBA records that no connection gets as far as.",
    rationale: """
      The first record that matches decides, and no later one is looked at, whether the first lets \
      the connection in or not. A record behind others that take all it could match never counts: \
      a stricter method is not asked for, a rejection does not reject. Types, keywords, \
      memberships and addresses are compared by what they mean; of host names and regular \
      expressions only what is certain counts.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: md5}
          - ▸{type: host, databases: [demo], users: [app], address: 172.22.0.200/32, method: scram-sha-256}◂
      """,
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        staff: {password: {env: STAFF_PASSWORD}, databases: [demo, sales]}
        app: {password: {env: APP_PASSWORD}, member_of: [staff]}
      hba:
        records:
          - {type: host, databases: [demo], users: [+staff], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [sales], users: [all], address: samenet, method: reject}
          - {type: host, databases: [sales], users: [all], address: 172.22.0.0 255.255.0.0, method: reject}
          - ▸{type: host, databases: [demo, sales], users: [app], address: 172.22.0.128/25, method: scram-sha-256}◂
      """,
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/25, method: scram-sha-256}
          - {type: host, databases: [all], users: [all], address: 172.22.0.0/24, method: reject}
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    let memberships = Dictionary(
      topology.users.map { ($0.name, $0.memberships) }, uniquingKeysWith: { first, _ in first })
    let tls = topology.mayUseTLS
    let covering = HBACovering(memberships: memberships, tls: tls)
    let records = topology.declaredRecords
    var earlier = EarlierRecords()
    for (position, record) in records.enumerated() {
      let value = record.value.record
      // Another rule reports records that the server refuses or never matches.
      guard value.problems(major: topology.major).isEmpty, tls || value.connectionType != .hostssl
      else { continue }
      if let positions = covering.covering(value, by: earlier.candidates(for: value)) {
        findings.report(
          .unreachable, at: record.range,
          notes: positions.prefix(3).map { position in
            let cover = records[position]
            let verb = cover.value.record.method == .reject ? "rejects" : "takes"
            return .init("this record \(text: verb) such connections first", at: cover.range)
          },
          hint: "Move it before \(positions.count > 1 ? "those records" : "that record"), "
            + "or remove it.")
      }
      earlier.append((position, value))
    }
  }
}

/// Records indexed by the single address that they match, so that a large file does not
/// compare every record with every other.
private struct EarlierRecords {
  private var singles: [IPAddress: [(position: Int, record: HBARecord)]] = [:]
  private var others: [(position: Int, record: HBARecord)] = []

  mutating func append(_ record: (position: Int, record: HBARecord)) {
    if let address = record.record.address?.singleAddress {
      singles[address, default: []].append(record)
    } else {
      others.append(record)
    }
  }

  /// The records that may cover some of a later record's connections.
  func candidates(for record: HBARecord) -> [(position: Int, record: HBARecord)] {
    (record.address?.singleAddress.flatMap { singles[$0] } ?? []) + others
  }
}

extension Diagnostic.Message {
  fileprivate static let unreachable: Self = "no connection gets as far as this record"
}
