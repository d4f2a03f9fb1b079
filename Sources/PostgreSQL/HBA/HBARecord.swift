/// The first field of an HBA record: the connections it applies to.
package enum HBAConnectionType: String, CaseIterable, Hashable, Sendable {
  case local, host, hostssl, hostnossl, hostgssenc, hostnogssenc
}

/// How users prove who they are. The values are the words of pg_hba.conf.
package enum HBAMethod: String, CaseIterable, Hashable, Sendable {
  case trust, reject
  case scramSHA256 = "scram-sha-256"
  case md5, password, gss, sspi, ident, peer, ldap, radius, cert, pam, bsd, oauth
}

/// `name=value` after the method.
package struct HBAOption: Hashable, Sendable {
  /// Case matters: the server knows `map` but not `MAP`.
  package let name: String
  /// Everything after the first `=`; may be empty.
  package let value: String
  /// Nothing is checked here: see `HBARecord.problems`.
  package init(name: String, value: String) { (self.name, self.value) = (name, value) }
}

/// A record of pg_hba.conf: one line that says who may connect from where, and how.
package struct HBARecord: Hashable, Sendable {
  /// The first field.
  package var connectionType: HBAConnectionType
  /// The databases; one of them must match.
  package var databases: [HBAToken]
  /// The users; one of them must match.
  package var users: [HBAToken]
  /// Nil for `local` records, and only for them.
  package var address: HBAAddress?
  /// How a client that matches is authenticated.
  package var method: HBAMethod
  /// Options of the method; of several with the same name, the last one wins.
  package var options: [HBAOption]

  /// Accepts any combination; `problems` says what the server would refuse.
  package init(
    connectionType: HBAConnectionType, databases: [HBAToken], users: [HBAToken],
    address: HBAAddress? = nil, method: HBAMethod, options: [HBAOption] = []
  ) {
    (self.connectionType, self.databases, self.users) = (connectionType, databases, users)
    (self.address, self.method, self.options) = (address, method, options)
  }

  /// The record in five columns: type, databases, users, address (empty for `local`), and
  /// the method with its options. Joined by blanks, they form a line that PostgreSQL reads
  /// back as this record.
  package var fields: [String] {
    [
      connectionType.rawValue,
      databases.map(\.hbaText).joined(separator: ","),
      users.map(\.hbaText).joined(separator: ","),
      address?.hbaText ?? "",
      ([method.rawValue] + options.map(\.hbaText)).joined(separator: " "),
    ]
  }
}

extension HBAOption {
  /// The option as written in pg_hba.conf; only the value is quoted.
  package var hbaText: String { "\(name)=\(value.isEmpty ? "" : Quoting.hbaPart(value))" }
}
