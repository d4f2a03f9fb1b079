import Diagnostics
package import PostgreSQL
package import SourceText

/// Facts about the files that a topology names, found by the command that reads it.
///
/// Rules do not access the disk. A file without facts may be anything, or may not exist:
/// secrets are often missing where a topology is checked.
package struct FileFacts: Sendable {
  /// A data directory, and its place within the folder for a node's data: empty for the
  /// folder itself, `18/docker` as in the image from 18 on.
  package struct DataDirectory: Hashable, Sendable {
    package let place: String
    package let major: PostgresMajor

    package init(place: String, major: PostgresMajor) { (self.place, self.major) = (place, major) }
  }

  /// The permission bits of files, keyed by the path as the topology writes it.
  package var modes: [String: UInt32] = [:]
  /// The data directories in folders for data, keyed by the path as the topology writes it.
  package var dataDirectories: [String: [DataDirectory]] = [:]

  package init() {}
}

extension ResolvedTopology {
  /// The files that only their owner should be able to read: passwords, and the key of the
  /// certificate.
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

  /// The path as the topology writes it.
  package let path: String
  package let kind: Kind
}
