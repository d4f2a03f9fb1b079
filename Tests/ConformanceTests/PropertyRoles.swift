import Foundation
import TestSupport
import Testing

/// The roles and databases of a random topology, created by the rendered scripts/roles.sql
/// in a real server, as the image and initialize.sh would do.
struct PropertyRoles {
  private let render: PropertyRender
  private let server: PostgresServer
  private var sample: PropertyTopology { render.sample }

  init(_ render: PropertyRender, _ server: PostgresServer) {
    (self.render, self.server) = (render, server)
  }

  /// The image creates the superuser and the database; the rest is ours.
  func create() throws {
    let superuser = identifier(sample.users[0].name)
    try server.run(
      """
      \\getenv password POSTGRES_PASSWORD
      CREATE ROLE \(superuser) SUPERUSER LOGIN PASSWORD :'password';
      CREATE DATABASE \(identifier(sample.database)) OWNER \(superuser);
      """, environment: ["POSTGRES_PASSWORD": try render.password("POSTGRES_PASSWORD")])
    try server.run(
      try render.text("scripts/roles.sql"),
      environment: [
        "PGUSER": sample.users[0].name, "PGDATABASE": sample.database,
        "REPLICATION_PASSWORD": try render.password("REPLICATION_PASSWORD"),
        "USER_3_PASSWORD": try render.password("USER_3_PASSWORD"),
      ])
  }

  func check(_ seed: UInt64) throws {
    // One query, since each takes a process.
    let rows: [Row] = try server.rows(
      """
      SELECT 'role' AS kind, rolname AS a, concat_ws(' ', rolsuper, rolreplication, rolcreatedb,
        rolcreaterole, rolcanlogin) AS b FROM pg_roles WHERE oid >= 16384
      UNION ALL SELECT 'database', datname, pg_get_userbyid(datdba) FROM pg_database
        WHERE oid >= 16384
      UNION ALL SELECT 'member', pg_get_userbyid(member), pg_get_userbyid(roleid)
        FROM pg_auth_members WHERE member >= 16384
      """)
    let attributes = ["t f f f t", "f t f f t", "f f t t t"]
    let roles = zip(sample.users, attributes).map { Row("role", $0.name, $1) }
    let databases = owners.map { Row("database", $0, $1) }
    let members = sample.users.flatMap { user in
      user.memberOf.map { Row("member", user.name, $0) }
    }
    #expect(Set(rows) == Set(roles + databases + members), "seed \(seed)")
  }

  func drop() throws {
    let databases = owners.keys.map { "DROP DATABASE \(identifier($0));" }
    let roles = sample.users.reversed().map { "DROP ROLE \(identifier($0.name));" }
    try server.run((databases + roles).joined(separator: "\n"))
  }

  /// The first user that names a database owns it.
  private var owners: [String: String] {
    var owners: [String: String] = [:]
    for user in sample.users {
      for database in user.databases where owners[database] == nil { owners[database] = user.name }
    }
    return owners.merging([sample.database: sample.users[0].name]) { first, _ in first }
  }

  /// A role and its attributes, a database and its owner, or a member and its group.
  private struct Row: Hashable, Decodable, CustomTestStringConvertible {
    let kind: String
    let a: String
    let b: String

    init(_ kind: String, _ a: String, _ b: String) { (self.kind, self.a, self.b) = (kind, a, b) }

    private var exact: [Exact] { [kind, a, b].map(Exact.init) }

    static func == (left: Row, right: Row) -> Bool { left.exact == right.exact }

    func hash(into hasher: inout Hasher) { hasher.combine(exact) }

    var testDescription: String { "\(kind) \(a.debugDescription): \(b.debugDescription)" }
  }

  /// Independent of the renderer's own quoting, which is under test here.
  private func identifier(_ name: String) -> String {
    let doubled = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"\(doubled)\""
  }
}
