package import IPAddressing
import SourceText

/// A connection attempt, as the server sees it when it walks pg_hba.conf.
package struct HBAConnection: Hashable, Sendable {
  /// How the connection is made.
  package enum Kind: Hashable, Sendable {
    /// Over the Unix-domain socket.
    case local
    case tcp(address: IPAddress, Encryption)

    /// Over the network, with TLS or without encryption.
    package static func tcp(address: IPAddress, tls: Bool) -> Kind {
      .tcp(address: address, tls ? .tls : .none)
    }
  }

  /// How the connection is protected from eavesdroppers.
  package enum Encryption: Hashable, Sendable {
    case none, tls, gss
  }

  /// What the connection is for.
  package enum Target: Hashable, Sendable {
    /// Includes logical replication, which names its database.
    case database(String)
    /// The kind of connection that a replica and `pg_basebackup` make.
    case physicalReplication
  }

  /// Over the socket, or from an address.
  package let type: Kind
  /// A database, or the stream of WAL.
  package let target: Target
  /// The role that logs in.
  package let user: String
  /// The roles that the user is a member of, directly or indirectly; every role is a member
  /// of itself, which need not be listed.
  package let memberships: Set<String>

  /// Without memberships, the user is a member only of itself.
  package init(type: Kind, target: Target, user: String, memberships: Set<String> = []) {
    (self.type, self.target, self.user, self.memberships) = (type, target, user, memberships)
  }

  /// `is_member` in hba.c; a superuser does not count as a member of every role here.
  func isMember(of role: String) -> Bool {
    role.hasSameBytes(as: user) || memberships.contains { role.hasSameBytes(as: $0) }
  }
}

/// Whether a record matches a connection.
package enum HBAMatch: Hashable, Sendable {
  case yes
  case no(HBAMismatch)
  case unknown(HBAUncertainty)
}

/// The first field that keeps a record from matching, in the server's order.
package enum HBAMismatch: Hashable, Sendable {
  /// Socket or network, or another encryption than the record requires.
  case connectionType
  case address
  case database
  /// Everything else matches, but the record says `all`, which does not cover replication.
  case databaseAllExcludesReplication
  case user
}

/// Something that only the server can know.
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
