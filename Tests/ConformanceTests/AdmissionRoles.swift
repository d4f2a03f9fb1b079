import Foundation
import TestSupport

/// The roles that ask to be let in: names of every kind, and memberships of every kind.
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

  /// Users that ask; the last two are longer than a name can be, and nobody.
  static let users = names + [longest + "and more", "nobody"]

  /// The name that the server makes of one in a connection: 63 bytes of it.
  static func name(of user: String) -> String { String(user.prefix(63)) }

  /// What a role is a member of, through others too.
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
        // Who must say SET ROLE first is a member all the same.
        + "\(name == "app" ? " NOINHERIT" : "");\n"
    }
    let grants = grants.map { "GRANT \(quoted($0.role)) TO \(quoted($0.member));\n" }
    try server.run((roles + grants).joined())
  }
}
