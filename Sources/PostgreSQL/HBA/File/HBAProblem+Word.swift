import SourceText

extension HBAProblem {
  /// The word of a line that the problem is about: one of the options, or the method.
  func word(among options: [HBAWord], else method: HBAWord) -> HBAWord {
    guard let start = startOfOption else { return method }
    return options.first { $0.text.utf8.starts(with: start.utf8) } ?? method
  }

  /// The text that the option begins with: its name, and its value if the value is wrong.
  private var startOfOption: String? {
    switch self {
    case .unrecognizedOption(let name), .optionOfOtherMethods(let name, _),
      .optionOutsideHostssl(let name):
      "\(name)="
    case .invalidOptionValue(let name, let value): "\(name)=\(value)"
    case .invalidLDAPPort(let value): "ldapport=\(value)"
    case .weakClientcertWithCert: "clientcert="
    case .ldapAttributeWithFilter: "ldapsearchfilter="
    case .oauthMapWithDelegation: "map="
    case .value(let problem): problem.startOfOption
    default: nil
    }
  }
}

extension HBAValueProblem {
  fileprivate var startOfOption: String? {
    switch self {
    case .ldapURL(let url, _): "ldapurl=\(url)"
    case .ldapURLScheme(let scheme): "ldapurl=\(scheme)"
    case .radiusList(let kind, let value): "radius\(kind)=\(value)"
    case .radiusCount(let kind, _, _): "radius\(kind)="
    case .radiusServer: "radiusservers="
    case .radiusPort: "radiusports="
    case .oauthValidatorNotPermitted: "validator="
    case .regex, .oauthValidatorsUnset, .oauthValidatorMissing: nil
    }
  }
}
