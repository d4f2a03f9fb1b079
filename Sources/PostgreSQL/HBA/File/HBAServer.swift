/// Facts about a server, other than the file, that affect how the file is read.
package struct HBAServer: Hashable, Sendable {
  /// The setting `ssl`: if it is off, `hostssl` records load but can never match.
  package var tlsEnabled: Bool
  /// The setting `oauth_validator_libraries`. If nil, it is unknown and not checked.
  package var oauthValidators: [String]?
  /// The network interfaces that an IPv6 zone (`fe80::1%lo`) may name.
  package var interfaces: Set<String>

  /// PostgreSQL's defaults: without TLS and validators, on a machine with a loopback interface.
  package init(
    tlsEnabled: Bool = false, oauthValidators: [String]? = [], interfaces: Set<String> = ["lo"]
  ) {
    (self.tlsEnabled, self.oauthValidators) = (tlsEnabled, oauthValidators)
    self.interfaces = interfaces
  }

  /// The same, with the setting `oauth_validator_libraries` as written in a configuration file.
  package init(tlsEnabled: Bool, oauthValidatorLibraries: String) {
    self.init(tlsEnabled: tlsEnabled, oauthValidators: GUCList.split(oauthValidatorLibraries))
  }
}
