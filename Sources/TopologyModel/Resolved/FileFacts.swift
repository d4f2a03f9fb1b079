import Diagnostics
package import PostgresConfig
package import SourceText

/// What whoever reads a topology found out about the files that it names.
///
/// Rules look at no disk. A file of which nothing is known may be anything, or not be there:
/// secrets seldom are where a topology is checked.
package struct FileFacts: Sendable {
  /// A data directory, and where in the folder for a node's data it lies: empty for the
  /// folder itself, `18/docker` as the image lays it out from 18 on.
  package struct DataDirectory: Hashable, Sendable {
    package let place: String
    package let major: PostgresMajor

    package init(place: String, major: PostgresMajor) { (self.place, self.major) = (place, major) }
  }

  /// The permission bits of files, by the path that the topology writes.
  package var modes: [String: UInt32] = [:]
  /// What folders for data hold, by the path that the topology writes.
  package var dataDirectories: [String: [DataDirectory]] = [:]

  package init() {}
}

extension ResolvedTopology {
  /// The files that nobody but their owner should be able to read: passwords, and the key of
  /// the certificate.
  package var secretFiles: [Located<SecretFile>] {
    let passwords = users.compactMap { user -> Located<SecretFile>? in
      guard case .file(let path) = user.password.value else { return nil }
      return Located(SecretFile(path: path, kind: .password(user.name)), at: user.password.range)
    }
    let key = tls.map { Located(SecretFile(path: $0.key.value, kind: .key), at: $0.key.range) }
    return passwords + [key].compactMap { $0 }
  }
}

/// A file that holds a secret.
package struct SecretFile: Sendable {
  package enum Kind: Hashable, Sendable {
    /// The password of this user.
    case password(String)
    /// The private key of the certificate.
    case key
  }

  /// As the topology writes it.
  package let path: String
  package let kind: Kind
}
