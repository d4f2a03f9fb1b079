import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let identOverNetwork = LintRule(
    "ident-over-network", .warning, .access,
    summary: "Finds HBA records that ask the client's machine who its user is.",
    rationale: """
      With the method ident the server asks port 113 of the client's machine, and believes it. \
      Containers have no such service, so nobody is let in; where somebody runs one, it answers \
      whatever its owner likes (RFC 1413, section 6).
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: ▸ident◂}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: local, databases: [all], users: [all], method: peer}
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      guard record.value.record.method == .ident, record.value.record.admitsOverNetwork else {
        continue
      }
      findings.report(
        .ident, at: record.value.methodRange, hint: "Write \"method: scram-sha-256\".")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let ident: Self = "the client's machine says who its user is"
}
