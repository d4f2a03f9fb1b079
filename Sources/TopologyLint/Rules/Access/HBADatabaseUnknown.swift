import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let hbaDatabaseUnknown = LintRule(
    "hba-database-unknown", .warning, .access,
    summary: "Finds HBA records for databases that do not exist.",
    rationale: """
      A record for a database that nobody creates lets nobody in, and connections to the one that \
      was meant are refused. To template0, which initdb makes, nobody connects at all. Scripts below "postgres.init" and users with the attribute createdb \
      may create databases of their own; with them this rule says nothing.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [▸deno◂], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [demo, ▸template0◂], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [demo, ▸reporting◂], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [demo, postgres, sameuser, /^de], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    guard !topology.hasInitScripts,
      !topology.users.contains(where: { $0.attributes.contains(.createdb) })
    else { return }
    let databases = topology.databases
    let open = databases.filter(\.acceptsConnections).map(\.name)
    let known = Set(open)
    let closed = Set(databases.map(\.name)).subtracting(known)
    lazy var nearest = NearestNames(open + HBAToken.Keyword.allCases.map(\.rawValue))
    for record in topology.declaredRecords {
      for (token, range) in zip(record.value.record.databases, record.value.databaseRanges) {
        // Another rule reports keywords in the wrong case.
        guard case .name(let name) = token, !known.contains(name),
          token.miscasedDatabaseKeyword == nil
        else { continue }
        guard !closed.contains(name) else {
          findings.report(.closed(name), at: range, hint: "Remove it from the record.")
          continue
        }
        findings.report(
          .unknown(name), at: range,
          hint: nearest.nearest(to: name).map { "Perhaps you meant \(name: $0.name)." }
            ?? "List it below \"databases\" of a user, or remove it from the record.")
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func closed(_ database: String) -> Self {
    "database \(name: database) accepts no connections"
  }

  fileprivate static func unknown(_ database: String) -> Self {
    "database \(name: database) does not exist"
  }
}
