import Foundation
import TestSupport

/// The roles that connect, with names and memberships of every kind.
enum AdmissionRoles {
  static let longest = String(repeating: "l", count: 63)

  /// Roles that can be named in records; `boss` is a superuser.
  static let names = [
    "app", "App", "bob", "zoë", "my app", #"o"neil"#, "a,b", "staff", "Eng Team", "all",
    "replication", "samerole", "+staff", "audit", "boss", longest,
  ]

  /// Who was granted what, in this order.
  static let grants: [(role: String, member: String)] = [
    ("staff", "app"), ("staff", "my app"), ("Eng Team", "staff"), ("Eng Team", "bob"),
    ("audit", "zoë"), ("all", "a,b"), ("samerole", "Eng Team"), ("+staff", "App"),
    ("audit", longest), ("bob", "audit"),
  ]

  /// Users that connect; the last two are a name longer than names can be, and an unknown one.
  static let users = names + [longest + "and more", "nobody"]

  /// What the server makes of a user name in a connection: its first 63 bytes.
  static func name(of user: String) -> String { String(user.prefix(63)) }

  /// The roles that a role is a member of, directly or indirectly.
  static func memberships(of user: String) -> Set<String> {
    var found: Set<String> = []
    var open = [user]
    while let member = open.popLast() {
      for grant in grants where grant.member == member && found.insert(grant.role).inserted {
        open.append(grant.role)
      }
    }
    return found
  }

  static func create(in server: PostgresServer) throws {
    func quoted(_ name: String) -> String { "\"\(name.replacing("\"", with: "\"\""))\"" }
    let roles = names.map { name in
      "CREATE ROLE \(quoted(name)) LOGIN REPLICATION\(name == "boss" ? " SUPERUSER" : "")"
        // A member that has to use SET ROLE is still a member.
        + "\(name == "app" ? " NOINHERIT" : "");\n"
    }
    let grants = grants.map { "GRANT \(quoted($0.role)) TO \(quoted($0.member));\n" }
    try server.run((roles + grants).joined())
  }
}
