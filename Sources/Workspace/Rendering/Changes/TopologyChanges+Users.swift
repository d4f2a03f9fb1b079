import Diagnostics
import PostgreSQL
import TopologyModel

extension TopologyChanges {
  /// Roles are made on a first start: what changes about them later is nobody's work but the
  /// reader's.
  var users: [Change] {
    new.users.compactMap { user in
      old.users.first { $0.name == user.name } == nil ? added(user) : nil
    }
      + new.users.flatMap { user in
        old.users.first { $0.name == user.name }.map { changes(from: $0, to: user) } ?? []
      }
      + old.users.compactMap { user in
        new.users.contains { $0.name == user.name } ? nil : removed(user)
      }
  }

  private func added(_ user: KeptTopology.User) -> Change {
    let name = identifier(user.name)
    let attributes = (["LOGIN"] + user.attributes.map { $0.uppercased() }).joined(separator: " ")
    let statements =
      ["CREATE ROLE \(name) WITH \(attributes);"]
      + user.memberOf.map { "GRANT \(identifier($0)) TO \(name);" }
    return Change(
      "user \(name: user.name) is new, and roles are made on a first start only",
      sql: remedies.sql(on: primary, statements + ["\\password \(name)"])
        + "\nThe password is \(user.password.words).")
  }

  private func removed(_ user: KeptTopology.User) -> Change {
    let name = identifier(user.name)
    return Change(
      "user \(name: user.name) is no longer declared, and still may log in",
      sql: remedies.sql(on: primary, ["ALTER ROLE \(name) NOLOGIN;"])
        + "\nWhat it owns stays. DROP ROLE works once it owns nothing.")
  }

  private func changes(from before: KeptTopology.User, to user: KeptTopology.User) -> [Change] {
    let name = identifier(user.name)
    var changes: [Change] = []
    let attributes =
      user.attributes.filter { !before.attributes.contains($0) }.map { $0.uppercased() }
      + before.attributes.filter { !user.attributes.contains($0) }.map(Self.opposite)
    if !attributes.isEmpty {
      changes.append(
        Change(
          "user \(name: user.name) has other attributes now, and the server keeps the old ones",
          sql: remedies.sql(
            on: primary, ["ALTER ROLE \(name) WITH \(attributes.joined(separator: " "));"])))
    }
    let memberships =
      user.memberOf.filter { !before.memberOf.contains($0) }
      .map { "GRANT \(identifier($0)) TO \(name);" }
      + before.memberOf.filter { !user.memberOf.contains($0) }
      .map { "REVOKE \(identifier($0)) FROM \(name);" }
    if !memberships.isEmpty {
      changes.append(
        Change(
          "user \(name: user.name) is a member of other roles now, and the server keeps the old ones",
          sql: remedies.sql(on: primary, memberships)))
    }
    if user.password != before.password {
      changes.append(
        Change(
          "the password of \(name: user.name) comes from \(user.password.source) now, "
            + "and the server still has the old one",
          sql: remedies.sql(on: primary, ["\\password \(name)"])
            + "\nThe password is \(user.password.words)."
            + (user.name == new.replicationUser
              ? " Change it before the next \"up\": replicas connect with the new one." : "")))
    }
    return changes
  }

  /// CREATE ROLE's word for the lack of an attribute.
  private static func opposite(_ attribute: String) -> String {
    attribute == "noinherit" ? "INHERIT" : "NO" + attribute.uppercased()
  }

  var databases: [Change] {
    let (before, after) = (old.databases, new.databases)
    let (oldNames, newNames) = (Set(before.map(\.name)), Set(after.map(\.name)))
    let added = after.filter { !oldNames.contains($0.name) }.map { database in
      Change(
        "database \(name: database.name) is new, and databases are made on a first start only",
        sql: remedies.sql(
          on: primary, ["CREATE DATABASE \(identifier(database.name));"] + rights(to: database)))
    }
    let granted = after.compactMap { database -> Change? in
      guard let earlier = before.first(where: { $0.name == database.name }) else { return nil }
      let known = rights(to: earlier)
      let name = identifier(database.name)
      let statements =
        rights(to: database).filter { !known.contains($0) }
        + lost(database.name).map {
          "REVOKE CONNECT, TEMPORARY ON DATABASE \(name) FROM \(identifier($0));"
        }
      guard !statements.isEmpty else { return nil }
      return Change(
        "other users may use database \(name: database.name) now, and the server knows the old ones",
        sql: remedies.sql(on: primary, statements))
    }
    let removed = before.filter { !newNames.contains($0.name) }.map {
      Change(
        "database \(name: $0.name) is no longer declared, and stays with its data",
        hint: "Pgtopo removes no data. Declare it again, or drop it when nobody needs it any more.")
    }
    return added + granted + removed
  }

  /// What roles.sql of a first start says, its owner first.
  private func rights(to database: Database) -> [String] {
    let name = identifier(database.name)
    return database.users.map { user in
      user == database.owner
        ? "ALTER DATABASE \(name) OWNER TO \(identifier(user));"
        : "GRANT CONNECT, TEMPORARY ON DATABASE \(name) TO \(identifier(user));"
    }
  }

  /// Users who are still there and may no longer use it.
  private func lost(_ database: String) -> [String] {
    old.users.filter { before in
      before.databases.contains(database)
        && new.users.contains { $0.name == before.name && !$0.databases.contains(database) }
    }.map(\.name)
  }

  private func identifier(_ name: String) -> String { Quoting.sqlIdentifier(name) }
}

extension KeptTopology.PasswordSource {
  /// Where it comes from.
  fileprivate var source: Diagnostic.Message {
    switch self {
    case .environment(let variable): "the environment variable \(name: variable)"
    case .file(let path): "file \(name: path)"
    case .literal: "the topology file"
    }
  }

  /// What to type.
  fileprivate var words: Diagnostic.Message {
    switch self {
    case .environment(let variable): "what the environment variable \(name: variable) holds"
    case .file(let path): "what file \(name: path) holds"
    case .literal: "what the topology file says"
    }
  }
}
