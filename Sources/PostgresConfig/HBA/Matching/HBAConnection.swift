package import IPAddressing
import SourceText

/// A connection that somebody asks for, as the server sees it when it walks pg_hba.conf.
package struct HBAConnection: Hashable, Sendable {
  /// How the bytes travel.
  package enum Kind: Hashable, Sendable {
    /// Over the Unix-domain socket.
    case local
    case tcp(address: IPAddress, Encryption)

    /// Over the network, with TLS or without encryption.
    package static func tcp(address: IPAddress, tls: Bool) -> Kind {
      .tcp(address: address, tls ? .tls : .none)
    }
  }

  /// What keeps others on the network from reading along.
  package enum Encryption: Hashable, Sendable {
    case none, tls, gss
  }

  /// What is asked for.
  package enum Target: Hashable, Sendable {
    /// Also logical replication, which names its database.
    case database(String)
    /// What a replica and `pg_basebackup` ask for.
    case physicalReplication
  }

  /// Over the socket, or from an address.
  package let type: Kind
  /// A database, or the stream of WAL.
  package let target: Target
  /// The role that logs in.
  package let user: String
  /// The roles that the user is a member of, directly or through others; every role is a
  /// member of itself and need not be listed.
  package let memberships: Set<String>

  /// Without memberships the user is a member of nothing but itself.
  package init(type: Kind, target: Target, user: String, memberships: Set<String> = []) {
    (self.type, self.target, self.user, self.memberships) = (type, target, user, memberships)
  }

  /// `is_member` in hba.c; a superuser is not a member of everything here.
  func isMember(of role: String) -> Bool {
    role.hasSameBytes(as: user) || memberships.contains { role.hasSameBytes(as: $0) }
  }
}

/// Whether a record is about a connection.
package enum HBAMatch: Hashable, Sendable {
  case yes
  case no(HBAMismatch)
  case unknown(HBAUncertainty)
}

/// The first field that keeps a record from matching, in the server's order.
package enum HBAMismatch: Hashable, Sendable {
  /// Socket against network, or encrypted otherwise than the record wants.
  case connectionType
  case address
  case database
  /// All else matches, and the record says `all`, which does not cover replication.
  case databaseAllExcludesReplication
  case user
}

/// What only the server can know.
package enum HBAUncertainty: Hashable, Sendable {
  /// A name that would have to be resolved.
  case hostName(String)
  /// The server's own addresses.
  case samehost
  /// The networks that the server has an interface in.
  case samenet
  /// A regular expression that `HBAPattern` does not evaluate.
  case regex(String)
}
