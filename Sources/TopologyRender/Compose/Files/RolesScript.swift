import Diagnostics
import PostgreSQL
import TopologyModel

/// scripts/roles.sql: the roles and databases of the first start, for psql.
struct RolesScript {
  private let topology: ResolvedTopology
  private let header: String

  init(_ topology: ResolvedTopology, _ header: String) {
    (self.topology, self.header) = (topology, header)
  }

  var text: String {
    """
    -- \(header)
    -- Run once by initialize.sh. Passwords come from its environment and stand nowhere here.

    """ + sources.map(role).joined() + sources.map(memberships).joined()
      + databases.map(database).joined()
  }

  /// scripts/accounts: the same users and databases for status.sh, which checks that they
  /// exist and that the passwords in these variables let them in.
  var accounts: String {
    let users = sources.map { "user\t\($0.user.name)\t\($0.variable)\n" }
    let names = [topology.database] + databases.map(\.name).filter { $0 != topology.database }
    return "# \(header)\n" + (users + names.map { "database\t\($0)\n" }).joined()
  }

  private var sources: [PasswordSource] { topology.passwordSources }

  /// The image has already created the first superuser.
  private func role(_ source: PasswordSource) -> String {
    let user = source.user
    guard user.name != topology.superuser.name else { return "" }
    let attributes = (["LOGIN"] + user.attributes.map { $0.rawValue.uppercased() })
      .joined(separator: " ")
    return """

      \\getenv password \(source.variable)
      CREATE ROLE \(identifier(user.name)) WITH \(attributes) PASSWORD :'password';

      """
  }

  private func memberships(_ source: PasswordSource) -> String {
    source.user.memberOf.map {
      "GRANT \(identifier($0)) TO \(identifier(source.user.name));\n"
    }.joined()
  }

  /// The databases that some user lists.
  private var databases: [Database] { topology.databases.filter { !$0.users.isEmpty } }

  private func database(_ database: Database) -> String {
    let name = identifier(database.name)
    var text = "\n"
    if database.origin == .declared { text += "CREATE DATABASE \(name);\n" }
    for user in database.users {
      text +=
        user == database.owner
        ? "ALTER DATABASE \(name) OWNER TO \(identifier(user));\n"
        : "GRANT CONNECT, TEMPORARY ON DATABASE \(name) TO \(identifier(user));\n"
    }
    return text
  }

  private func identifier(_ name: String) -> String { Quoting.sqlIdentifier(name) }
}
