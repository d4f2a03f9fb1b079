import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let unusedUser = LintRule(
    "unused-user", .note, .housekeeping,
    summary: "Finds users whom nothing uses.",
    rationale: """
      A user that no client is, that no HBA record lets in, that owns no database and that no \
      other user is a member of can do nothing over the network. It is a leftover, or something \
      is missing. Scripts below "postgres.init" may use it; with them this rule says nothing.
      """,
    bad: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
        ▸reader◂: {password: {env: READER_PASSWORD}, member_of: [pg_read_all_data]}
      """
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
        reader: {password: {env: READER_PASSWORD}, member_of: [staff]}
        staff: {password: {env: STAFF_PASSWORD}}
      clients:
        reports: {ip: 172.22.0.200, user: reader}
      """
    ]
  ) { topology, findings in
    guard !topology.hasInitScripts else { return }
    let clients = Set(topology.clients.map(\.user.name))
    let groups = Set(topology.users.flatMap(\.memberOf))
    let records = topology.declaredRecords.map(\.value.record).filter { $0.method != .reject }
    for user in topology.users {
      guard user.databases.isEmpty, !user.canReplicate, !clients.contains(user.name),
        !groups.contains(user.name), !records.contains(where: { $0.mayMatch(user) })
      else { continue }
      findings.report(
        .unused(user.name), at: user.nameRange,
        hint: "Name the user at a client or in an HBA record, or remove it.")
    }
  }
}

extension HBARecord {
  /// Whether the user field may match this user.
  fileprivate func mayMatch(_ user: ResolvedUser) -> Bool {
    users.contains { token in
      switch token {
      case .keyword(.all), .regex: true
      case .keyword(let keyword): keyword.rawValue == user.name
      case .name(let name): name == user.name
      case .group(let role): user.memberships.contains(role)
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func unused(_ user: String) -> Self {
    "nothing uses user \(name: user)"
  }
}
