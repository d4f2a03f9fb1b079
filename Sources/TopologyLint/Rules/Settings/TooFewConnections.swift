import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let tooFewConnections = LintRule(
    "too-few-connections", .error, .settings,
    summary: "Finds max_connections that leave none to the clients.",
    rationale: """
      Of max_connections some are reserved for superusers, and from 16 on for members of \
      pg_use_reserved_connections. When nothing is left, the server does not start; when less is \
      left than there are clients, the last of them are refused. WAL senders do not count.
      """,
    bad: [
      """
      settings: {max_connections: ▸5◂, superuser_reserved_connections: 3, reserved_connections: 2}
      """,
      """
      postgres: {version: 15, image: postgres:15-bookworm}
      settings: {superuser_reserved_connections: ▸100◂}
      """,
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
        app: {password: {env: APP_PASSWORD}, databases: [demo]}
      clients:
        backend: {ip: 172.22.0.200, user: app}
        reports: {ip: 172.22.0.201, user: app}
      settings: {max_connections: ▸4◂}
      """,
    ],
    good: [
      """
      settings: {max_connections: 4, max_wal_senders: 10, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    let ordinary = topology.clients.filter { !$0.user.attributes.contains(.superuser) }
    for server in topology.servers {
      let names = ["max_connections", "superuser_reserved_connections", "reserved_connections"]
      let written = names.filter { server[$0].range != nil }
      guard let first = written.first, let range = server[first].range else { continue }
      let notes = written.dropFirst().compactMap { name in
        server[name].range.map { Diagnostic.Note("\(name: name) is written here", at: $0) }
      }
      if let problem = server.startProblems.first(where: { $0.subject == .connections }) {
        findings.report(
          .refused(problem), at: range, notes: notes,
          hint: "Raise max_connections, or reserve fewer of them.")
      } else if let most = server[names[0]].integer, let kept = server[names[1]].integer {
        let left = most - kept - (server[names[2]].integer ?? 0)
        guard left < ordinary.count else { continue }
        let unserved = ordinary[left...].map {
          Diagnostic.Note("no connection is left for client \(name: $0.name)", at: $0.nameRange)
        }
        findings.report(
          .tooFew(left, ordinary.count), at: range, notes: notes + unserved.prefix(3),
          hint: "Raise max_connections to at least \(most - left + ordinary.count).")
      }
    }
  }
}

extension Diagnostic.Message {
  /// The server's own words.
  fileprivate static func refused(_ problem: SettingStartProblem) -> Self {
    "\(text: problem.text)"
  }

  fileprivate static func tooFew(_ left: Int, _ clients: Int) -> Self {
    "\(clients) clients share \(left) \(left == 1 ? "connection" : "connections") that \(left == 1 ? "is" : "are") not reserved"
  }
}
