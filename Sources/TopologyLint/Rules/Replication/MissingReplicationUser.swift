import Diagnostics
import TopologyModel

extension LintRule {
  static let missingReplicationUser = LintRule(
    "missing-replication-user", .error, .replication,
    summary: "Finds replicas without a user who may replicate.",
    rationale: """
      A replica connects to its upstream as a role with the attribute REPLICATION. Without one \
      the server refuses: "permission denied to start WAL sender".
      """,
    bad: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        ▸replica◂: {role: replica, ip: 172.22.0.101}
        spare: {role: replica, ip: 172.22.0.102}
      """,
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        app: {password: {env: APP_PASSWORD}}
      replication: {user: ▸app◂}
      """,
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      """
    ]
  ) { topology, findings in
    guard let replica = topology.replicas.first else { return }
    if let user = topology.replicationUser {
      guard !user.canReplicate else { return }
      findings.report(
        .mayNotReplicate(user.name),
        at: topology.replicationUserRange ?? user.nameRange,
        notes: [.init("the user is declared here", at: user.nameRange)],
        hint: "Write \"attributes: [replication]\" at user \(name: user.name).")
    } else {
      findings.report(
        .nobody(replica.name), at: replica.nameRange,
        hint:
          "Add to \"users\": repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}."
      )
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func mayNotReplicate(_ user: String) -> Self {
    "user \(name: user) may not replicate"
  }

  fileprivate static func nobody(_ replica: String) -> Self {
    "no user has the attribute replication, which replica \(name: replica) needs"
  }
}
