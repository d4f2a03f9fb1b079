/// Where the text of pg_hba.conf and of the files it names comes from, so that reading it
/// touches no disk here.
package struct HBAFileSource: Sendable {
  /// What opening a file for reading gives.
  package enum Content: Sendable {
    case bytes([UInt8])
    /// The system's words, such as `No such file or directory`.
    case failure(reason: String, isMissing: Bool)
  }

  /// The content of the file at a path. A folder opens, and holds nothing.
  package var read: @Sendable (String) -> Content
  /// The names of what is in a folder but for folders; nil when it cannot be opened.
  package var list: @Sendable (String) -> [String]?

  package init(
    read: @escaping @Sendable (String) -> Content, list: @escaping @Sendable (String) -> [String]?
  ) {
    (self.read, self.list) = (read, list)
  }

  /// One file alone.
  package static func only(_ bytes: [UInt8], at path: String) -> HBAFileSource {
    HBAFileSource(
      read: {
        $0 == path
          ? .bytes(bytes) : .failure(reason: "No such file or directory", isMissing: true)
      },
      list: { _ in nil })
  }
}

/// What a server knows beside the file, as far as it decides how the file is read.
package struct HBAServer: Hashable, Sendable {
  /// The setting `ssl`: without it `hostssl` records load and can never match.
  package var tlsEnabled: Bool
  /// The setting `oauth_validator_libraries`. Nil when it is not known, and not judged by.
  package var oauthValidators: [String]?
  /// The network interfaces that an IPv6 zone (`fe80::1%lo`) may name.
  package var interfaces: Set<String>

  /// As PostgreSQL comes: without TLS and validators, on a machine with a loopback.
  package init(
    tlsEnabled: Bool = false, oauthValidators: [String]? = [], interfaces: Set<String> = ["lo"]
  ) {
    (self.tlsEnabled, self.oauthValidators) = (tlsEnabled, oauthValidators)
    self.interfaces = interfaces
  }

  /// The same, with the setting `oauth_validator_libraries` as a configuration file has it.
  package init(tlsEnabled: Bool, oauthValidatorLibraries: String) {
    self.init(tlsEnabled: tlsEnabled, oauthValidators: GUCList.split(oauthValidatorLibraries))
  }
}
