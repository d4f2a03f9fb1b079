import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hbaUserUnknown = LintRule(
    "hba-user-unknown", .warning, .access,
    summary: "Finds HBA records for users that do not exist.",
    rationale: """
      A record for a user that nobody creates lets nobody in, and the user that was meant is \
      refused. Scripts below "postgres.init" may create users of their own; with them this rule \
      says nothing.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [▸repluser◂], address: 172.22.0.101/32, method: scram-sha-256}
          - {type: host, databases: [all], users: [app, ▸+reporting◂], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [all, +pg_monitor, /^re], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    guard !topology.hasInitScripts else { return }
    let names = topology.users.map(\.name)
    let known = Set(names)
    lazy var nearest = NearestNames(names)
    for record in topology.declaredRecords {
      for (token, range) in zip(record.value.record.users, record.value.userRanges) {
        // Another rule reports keywords in the wrong case.
        guard let name = token.roleName, !known.contains(name), !name.hasPrefix("pg_"),
          token.miscasedUserKeyword == nil
        else { continue }
        findings.report(
          .unknown(name), at: range,
          hint: nearest.nearest(to: name).map { "Perhaps you meant \(name: $0.name)." }
            ?? "Declare the user below \"users\", or remove it from the record.")
      }
    }
  }
}

extension HBAToken {
  /// The role that the word names.
  fileprivate var roleName: String? {
    switch self {
    case .name(let name), .group(let name): name
    // Only "all" is a keyword in this field.
    case .keyword(.all), .regex: nil
    case .keyword(let keyword): keyword.rawValue
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unknown(_ user: String) -> Self {
    "user \(name: user) does not exist"
  }
}
