import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let walLevelTooLow = LintRule(
    "wal-level-too-low", .error, .replication,
    summary: "Finds wal_level minimal with replicas, WAL senders or an archive.",
    rationale: """
      With wal_level "minimal" the WAL is too little to replicate or to archive. A server with WAL \
      senders, of which there are ten unless max_wal_senders says otherwise, or with archive_mode \
      does not start then.
      """,
    bad: [
      """
      settings: {wal_level: ▸minimal◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      settings: {wal_level: ▸minimal◂, max_wal_senders: 0, archive_mode: on, archive_command: 'test ! -f /mnt/%f && cp %p /mnt/%f'}
      """,
      """
      settings: {wal_level: ▸minimal◂, max_wal_senders: 0}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      settings: {wal_level: minimal, max_wal_senders: 0}
      """
    ]
  ) { topology, findings in
    let replica = topology.replicas.first
    for server in topology.servers where server["wal_level"].choice == "minimal" {
      guard let range = server["wal_level"].range else { continue }
      let problem = server.startProblems.first { $0.subject == .walLevel }
      let others = (problem?.names ?? []).filter { $0 != "wal_level" }.compactMap { name in
        server[name].range.map { Diagnostic.Note("\(name: name) is written here", at: $0) }
      }
      guard problem != nil || replica != nil else { continue }
      let replicas = replica.map {
        [Diagnostic.Note("replica \(name: $0.name) is declared here", at: $0.nameRange)]
      }
      findings.report(
        problem.map { .refused($0) } ?? .tooLow, at: range,
        notes: problem == nil ? replicas ?? [] : others,
        hint: replica == nil
          ? "Write \"wal_level: replica\", or \"max_wal_senders: 0\" and no archive_mode."
          : "Write \"wal_level: replica\".",
        fixes: [Fix("Write \"replica\".", .unsafe, replacing: range, with: "replica")])
    }
  }
}

extension Diagnostic.Message {
  /// The server's own words after the colon.
  fileprivate static func refused(_ problem: SettingStartProblem) -> Self {
    "the server does not start: \(text: problem.text)"
  }
  fileprivate static let tooLow: Self =
    "replicas need \"wal_level\" to be \"replica\" or \"logical\""
}
