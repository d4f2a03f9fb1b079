/// A problem with the value of an option or with a regular expression.
package enum HBAValueProblem: Hashable, Sendable {
  /// The expression without its slash, and its error.
  case regex(String, String)
  /// The URL, and OpenLDAP's reason.
  case ldapURL(String, String)
  case ldapURLScheme(String)
  /// `servers`, `secrets` or `identifiers` is not a list with commas.
  case radiusList(String, String)
  case radiusServer(String)
  case radiusPort(String, isInView: Bool)
  /// There must be one, or as many as there are servers.
  case radiusCount(String, Int, servers: Int)
  case oauthValidatorsUnset(PostgresMajor)
  case oauthValidatorMissing(PostgresMajor)
  case oauthValidatorNotPermitted(String)

  /// Whether `pg_hba_file_rules` shows the reason; otherwise only the server's log has it.
  package var isInView: Bool {
    switch self {
    case .radiusList, .radiusServer: false
    case .radiusPort(_, let isInView): isInView
    default: true
    }
  }
}

extension HBAValueProblem: CustomStringConvertible {
  /// The server's sentence.
  package var description: String {
    switch self {
    case .regex(let pattern, let reason): "invalid regular expression \"\(pattern)\": \(reason)"
    case .ldapURL(let url, let reason): "could not parse LDAP URL \"\(url)\": \(reason)"
    case .ldapURLScheme(let scheme): "unsupported LDAP URL scheme: \(scheme)"
    case .radiusList(let kind, let value):
      "could not parse RADIUS \(kind.dropLast()) list \"\(value)\""
    case .radiusServer(let name):
      "could not translate RADIUS server name \"\(name)\" to address: Name or service not known"
    case .radiusPort(let value, _): "invalid RADIUS port number: \"\(value)\""
    case .radiusCount(let kind, let count, let servers):
      "the number of RADIUS \(kind) (\(count)) must be 1 or the same as the number of "
        + "RADIUS servers (\(servers))"
    case .oauthValidatorsUnset(let major) where major < 19:
      "oauth_validator_libraries must be set for authentication method oauth"
    case .oauthValidatorsUnset:
      "parameter \"oauth_validator_libraries\" must be set for authentication method \"oauth\""
    case .oauthValidatorMissing(let major) where major < 19:
      "authentication method \"oauth\" requires argument \"validator\" to be set when "
        + "oauth_validator_libraries contains multiple options"
    case .oauthValidatorMissing:
      "authentication method \"oauth\" requires option \"validator\" to be set when "
        + "\"oauth_validator_libraries\" contains multiple options"
    case .oauthValidatorNotPermitted(let name):
      "validator \"\(name)\" is not permitted by oauth_validator_libraries"
    }
  }

  /// What to write instead.
  package var hint: String {
    switch self {
    case .regex: "Correct the expression, or write names."
    case .ldapURL, .ldapURLScheme:
      "Write a URL such as \"ldap://ldap.example.com/dc=example,dc=com?uid?sub\"."
    case .radiusList: "Write names with commas between them."
    case .radiusServer: "Write the address of the server."
    case .radiusPort: "Write a number such as 1812."
    case .radiusCount: "Give one, or as many as there are servers."
    case .oauthValidatorsUnset: "Set \"oauth_validator_libraries\" to the validator's library."
    case .oauthValidatorMissing: "Add the option \"validator\"."
    case .oauthValidatorNotPermitted: "Name one of \"oauth_validator_libraries\"."
    }
  }
}
