/// Something in an HBA record that the server does not accept, or would misread.
package enum HBAProblem: Hashable, Sendable {
  case missingDatabase
  case missingUser
  case missingAddress
  case addressOnLocal
  /// The major has no such method: `oauth` before 18, `radius` since 19.
  case unknownMethod(HBAMethod)
  /// `sspi` is for Windows and `bsd` for OpenBSD; no container image has them.
  case methodNotBuilt(HBAMethod)
  case gssOnLocal
  case peerOverNetwork
  case certWithoutTLS
  case unrecognizedOption(String)
  /// The option is for other methods, which the server lists in these words.
  case optionOfOtherMethods(String, methods: String)
  case optionOutsideHostssl(String)
  case invalidOptionValue(name: String, value: String)
  case invalidLDAPPort(String)
  /// `cert` verifies the whole certificate; a weaker check would contradict that.
  case weakClientcertWithCert
  /// The argument as the server lists it, including quotes.
  case missingArgument(HBAMethod, String)
  case ldapModesMixed(PostgresMajor)
  case ldapAttributeWithFilter
  case oauthMapWithDelegation
  /// Before 16, a regular expression is silently taken for a plain name.
  case regexTooNew(String, PostgresMajor)
  /// Since 16, a name with a leading slash is a regular expression.
  case nameReadAsRegex(String, PostgresMajor)
  /// A line break in a name, pattern or option value ends the record.
  case lineBreak
  /// What is wrong with a value or a regular expression.
  case value(HBAValueProblem)

  /// The first major with the missing feature, if a later one has it.
  package func firstMajor(after major: PostgresMajor) -> PostgresMajor? {
    switch self {
    case .regexTooNew: .firstWithHBARegexes
    case .unknownMethod(.oauth) where major < .firstWithOAuth: .firstWithOAuth
    default: nil
    }
  }

  /// Whether `pg_hba_file_rules` shows the reason; for some problems it does not, and shows
  /// a row with nothing but its place. The server's log always has it.
  package var isInView: Bool {
    switch self {
    case .invalidOptionValue: false
    case .value(let problem): problem.isInView
    default: true
    }
  }
}

extension HBAProblem: CustomStringConvertible {
  /// The server's sentence, if hba.c has one that also fits a record that is not a line of text.
  package var description: String {
    switch self {
    case .missingDatabase: "end-of-line before database specification"
    case .missingUser: "end-of-line before role specification"
    case .missingAddress: "end-of-line before IP address specification"
    case .addressOnLocal: "a local record takes no address"
    case .unknownMethod(let method): "invalid authentication method \"\(method.rawValue)\""
    case .methodNotBuilt(let method):
      "invalid authentication method \"\(method.rawValue)\": not supported by this build"
    case .gssOnLocal: "gssapi authentication is not supported on local sockets"
    case .peerOverNetwork: "peer authentication is only supported on local sockets"
    case .certWithoutTLS: "cert authentication is only supported on hostssl connections"
    case .unrecognizedOption(let name): "unrecognized authentication option name: \"\(name)\""
    case .optionOfOtherMethods(let name, let methods):
      "authentication option \"\(name)\" is only valid for authentication methods \(methods)"
    case .optionOutsideHostssl(let name): "\(name) can only be configured for \"hostssl\" rows"
    case .invalidOptionValue(let name, let value): "invalid value for \(name): \"\(value)\""
    case .invalidLDAPPort(let value): "invalid LDAP port number: \"\(value)\""
    case .weakClientcertWithCert:
      "clientcert can only be set to \"verify-full\" when using \"cert\" authentication"
    case .missingArgument(let method, let argument):
      "authentication method \"\(method.rawValue)\" requires argument \(argument) to be set"
    case .ldapModesMixed(let major) where major < 18:
      "cannot use ldapbasedn, ldapbinddn, ldapbindpasswd, ldapsearchattribute, "
        + "ldapsearchfilter, or ldapurl together with ldapprefix"
    case .ldapModesMixed: "cannot mix options for simple bind and search+bind modes"
    case .ldapAttributeWithFilter: "cannot use ldapsearchattribute together with ldapsearchfilter"
    case .oauthMapWithDelegation: "map cannot be used in combination with delegate_ident_mapping"
    case .regexTooNew(let pattern, let major):
      "PostgreSQL \(major) reads \"/\(pattern)\" as a name, not as a regular expression"
    case .nameReadAsRegex(let name, let major):
      "PostgreSQL \(major) reads \"\(name)\" as a regular expression, not as a name"
    case .lineBreak: "a record cannot contain a line break"
    case .value(let problem): problem.description
    }
  }
}
