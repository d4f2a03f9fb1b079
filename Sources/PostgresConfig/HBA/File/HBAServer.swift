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
