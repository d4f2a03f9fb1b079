package import PostgreSQL

/// A database that exists after the first start.
package struct Database: Hashable, Sendable {
  package enum Origin: Hashable, Sendable {
    /// `postgres.database`, which the image creates.
    case first
    /// A user lists it.
    case declared
    case initdb(InitdbDatabase)
  }

  package let name: String
  /// Where it comes from. A database of initdb's keeps that origin when it is declared, too.
  package let origin: Origin
  /// The users that list it below `databases`, in the order of the file.
  package internal(set) var users: [String] = []

  /// False if a server rejects all connections to it, whatever pg_hba.conf says.
  package var acceptsConnections: Bool {
    if case .initdb(let database) = origin { database.acceptsConnections } else { true }
  }

  package var isTemplate: Bool {
    if case .initdb(let database) = origin { database != .postgres } else { false }
  }

  /// The first user that lists it, except for initdb's databases, which belong to the superuser.
  package var owner: String? {
    if case .initdb = origin { nil } else { users.first }
  }
}

extension [Database] {
  /// Every database, each once: the first one, initdb's, then those that users list.
  init(first: String, users: some Sequence<(name: String, databases: [String])>) {
    let isInitdb = InitdbDatabase(rawValue: first) != nil
    self = isInitdb ? [] : [Database(name: first, origin: .first)]
    self += InitdbDatabase.allCases.map { Database(name: $0.rawValue, origin: .initdb($0)) }
    var places = Dictionary(uniqueKeysWithValues: enumerated().map { ($1.name, $0) })
    for user in users {
      for name in user.databases {
        if let place = places[name] {
          self[place].users.append(user.name)
        } else {
          places[name] = count
          append(Database(name: name, origin: .declared, users: [user.name]))
        }
      }
    }
  }
}
