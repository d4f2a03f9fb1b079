/// What the server does not accept in an HBA record, or would read as something else.
package enum HBAProblem: Hashable, Sendable {
  case missingDatabase
  case missingUser
  case missingAddress
  case addressOnLocal
  /// The major knows no such method: `oauth` before 18, `radius` from 19 on.
  case unknownMethod(HBAMethod)
  /// `sspi` is for Windows and `bsd` for OpenBSD; no container image has them.
  case methodNotBuilt(HBAMethod)
  case gssOnLocal
  case peerOverNetwork
  case certWithoutTLS
  case unrecognizedOption(String)
  /// The option belongs to other methods, which the server lists in these words.
  case optionOfOtherMethods(String, methods: String)
  case optionOutsideHostssl(String)
  case invalidOptionValue(name: String, value: String)
  case invalidLDAPPort(String)
  /// `cert` verifies the whole certificate; a weaker check would contradict it.
  case weakClientcertWithCert
  /// The argument as the server lists it, quotes included.
  case missingArgument(HBAMethod, String)
  case ldapModesMixed(PostgresMajor)
  case ldapAttributeWithFilter
  case oauthMapWithDelegation
  /// Before 16 a regular expression is silently a plain name.
  case regexTooNew(String, PostgresMajor)
  /// From 16 on a name with a leading slash is a regular expression.
  case nameReadAsRegex(String, PostgresMajor)
  /// A line break in a name, pattern or option value ends the record.
  case lineBreak
  /// What is wrong with a value or a regular expression.
  case value(HBAValueProblem)

  /// The first major that has what is missing, if one after this does.
  package func firstMajor(after major: PostgresMajor) -> PostgresMajor? {
    switch self {
    case .regexTooNew: .firstWithHBARegexes
    case .unknownMethod(.oauth) where major < .firstWithOAuth: .firstWithOAuth
    default: nil
    }
  }

  /// Whether `pg_hba_file_rules` gives the reason; of some it does not, and shows a row
  /// with nothing but its place. The server's log has it always.
  package var isInView: Bool {
    switch self {
    case .invalidOptionValue: false
    case .value(let problem): problem.isInView
    default: true
    }
  }
}

extension HBAProblem: CustomStringConvertible {
  /// The server's sentence where hba.c has one that fits a record that is no line of text.
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
