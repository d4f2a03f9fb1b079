import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let superuserOverNetwork = LintRule(
    "superuser-over-network", .warning, .access,
    summary: "Finds superusers who are let in over the network by name.",
    rationale: """
      A superuser reads and changes everything, passwords and files of the server included, and \
      runs programs in its container. An application that connects as one gives all of that to \
      whoever finds its password or a way to inject SQL. Administration works over the socket, \
      inside the container. Records for all users are not reported.
      """,
    bad: [
      """
      clients:
        backend: {ip: 172.22.0.200, user: ▸admin◂}
      """,
      """
      hba:
        records:
          - {type: host, databases: [all], users: [app, ▸admin◂], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [all], users: [▸+admin◂], address: 172.22.0.200/32, method: scram-sha-256}
      """,
    ],
    good: [
      """
      clients:
        backend: {ip: 172.22.0.200, user: app}
      hba:
        records:
          - {type: local, databases: [all], users: [admin], method: peer}
          - {type: host, databases: [all], users: [admin], address: 127.0.0.1/32, method: scram-sha-256}
          - {type: host, databases: [all], users: [admin], address: all, method: reject}
          - {type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    let superusers = topology.users.filter { $0.attributes.contains(.superuser) }
    var reported: Set<String> = []
    for client in topology.clients where client.user.attributes.contains(.superuser) {
      reported.insert(client.user.name)
      findings.report(
        .client(client.name, client.user.name), at: client.userRange,
        notes: [.init("the user is declared here", at: client.user.nameRange)],
        hint: "Declare a user without \"superuser\" for it, with the databases it needs.")
    }
    for record in topology.declaredRecords {
      let value = record.value.record
      guard value.admitsOverNetwork, !value.isOnlyForReplication else { continue }
      for (token, range) in zip(value.users, record.value.userRanges) {
        // A client's record would report the same fault again.
        guard let superuser = superusers.first(where: token.names),
          !reported.contains(superuser.name)
        else { continue }
        findings.report(
          .record(superuser.name), at: range,
          notes: [.init("the user is declared here", at: superuser.nameRange)],
          hint: "Let another user in, and the superuser over the socket only.")
      }
    }
  }
}

extension HBAToken {
  /// Whether the word names this user, or a role that the user is a member of.
  fileprivate func names(_ user: ResolvedUser) -> Bool {
    switch self {
    case .name(let name): name == user.name
    case .group(let role): user.memberships.contains(role)
    case .keyword, .regex: false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func client(_ client: String, _ user: String) -> Self {
    "client \(name: client) connects as superuser \(name: user)"
  }

  fileprivate static func record(_ user: String) -> Self {
    "superuser \(name: user) is let in over the network"
  }
}
