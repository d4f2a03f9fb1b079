import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let asynchronousCommit = LintRule(
    "asynchronous-commit", .warning, .durability,
    summary: "Finds commits that are reported before they are safe.",
    rationale: """
      With synchronous_commit off the server reports success before the commit is on disk, and a \
      crash loses the last ones. With off or local no commit waits for a replica, whatever \
      replication.synchronous says.
      """,
    bad: [
      """
      settings: {synchronous_commit: ▸off◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101}
        b: {role: replica, ip: 172.22.0.102}
      replication: {synchronous: {method: any, count: 1}}
      settings: {synchronous_commit: ▸local◂}
      """,
    ],
    good: [
      """
      settings: {synchronous_commit: remote_write, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    let waits = topology.synchronous.flatMap { $0.names?.isEmpty == false ? $0.countRange : nil }
    for server in topology.servers {
      guard let value = server["synchronous_commit"].choice, value == "off" || value == "local",
        let range = server["synchronous_commit"].range
      else { continue }
      if let waits {
        findings.report(
          .waitsForNobody(value), at: range,
          notes: [.init("commits are to wait here", at: waits)],
          hint: "Write \"synchronous_commit: on\", or let commits wait for no replica.")
      } else if value == "off" {
        findings.report(
          .off, at: range,
          hint:
            "Write \"synchronous_commit: on\", and turn it off only in sessions that can lose their work."
        )
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let off: Self = "a crash loses commits that were reported as done"

  fileprivate static func waitsForNobody(_ value: String) -> Self {
    "no commit waits for the synchronous replicas: synchronous_commit is \(text: value)"
  }
}
