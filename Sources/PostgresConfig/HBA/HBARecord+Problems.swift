extension HBARecord {
  /// What a server of this major does not accept, in the order in which it looks
  /// (`parse_hba_line` in hba.c); the server itself stops at the first.
  ///
  /// Left to the server: whether a regular expression compiles, an LDAP URL parses, and
  /// RADIUS lists are of one length; and, before 16, that no word exceeds 255 bytes.
  package func problems(major: PostgresMajor) -> [HBAProblem] {
    var problems = fieldProblems(major)
    if let problem = methodProblem(major) {
      // The options of a method that is not there are not looked at.
      return problems + [problem]
    }
    for option in options { problems += optionProblems(option, major) }
    return problems + argumentProblems(major)
  }

  private func fieldProblems(_ major: PostgresMajor) -> [HBAProblem] {
    var problems: [HBAProblem] = []
    if databases.isEmpty { problems.append(.missingDatabase) }
    if users.isEmpty { problems.append(.missingUser) }
    for token in databases + users {
      switch token {
      case .regex(let pattern) where major < 16: problems.append(.regexTooNew(pattern, major))
      case .name(let name) where major >= 16 && name.utf8.first == UInt8(ascii: "/"):
        problems.append(.nameReadAsRegex(name, major))
      default: break
      }
    }
    if fields.contains(where: \.hasHBALineBreak) { problems.append(.lineBreak) }
    switch (connectionType, address) {
    case (.local, .some): problems.append(.addressOnLocal)
    case (.local, nil): break
    case (_, nil): problems.append(.missingAddress)
    default: break
    }
    return problems
  }

  private func methodProblem(_ major: PostgresMajor) -> HBAProblem? {
    switch method {
    case .oauth where major < 18, .radius where major >= 19: .unknownMethod(method)
    case .sspi, .bsd: .methodNotBuilt(method)
    case .gss where connectionType == .local: .gssOnLocal
    case .peer where connectionType != .local: .peerOverNetwork
    case .cert where connectionType != .hostssl: .certWithoutTLS
    default: nil
    }
  }

  /// `parse_hba_auth_opt` in hba.c.
  private func optionProblems(_ option: HBAOption, _ major: PostgresMajor) -> [HBAProblem] {
    guard let rule = HBAOptionRule.rule(for: option.name, in: major) else {
      return [.unrecognizedOption(option.name)]
    }
    if let methods = rule.methods, !methods.contains(effectiveMethod) {
      return [.optionOfOtherMethods(option.name, methods: rule.methodsText)]
    }
    switch option.name {
    case "clientcert", "clientname":
      guard connectionType == .hostssl else { return [.optionOutsideHostssl(option.name)] }
      let allowed = option.name == "clientname" ? ["CN", "DN"] : ["verify-ca", "verify-full"]
      guard allowed.contains(option.value) else {
        return [.invalidOptionValue(name: option.name, value: option.value)]
      }
      let isWeak = option.value == "verify-ca" && method == .cert
      return isWeak ? [.weakClientcertWithCert] : []
    case "ldapport":
      // atoi: what follows the digits does not matter, zero does.
      let digits = option.value.utf8.prefix(while: \.isASCIIDigit)
      return digits.allSatisfy { $0 == UInt8(ascii: "0") } ? [.invalidLDAPPort(option.value)] : []
    default: return []
    }
  }

  /// `ident` on a local record becomes `peer`, an old courtesy of the server's.
  private var effectiveMethod: HBAMethod {
    connectionType == .local && method == .ident ? .peer : method
  }

  /// What a method needs, and what of its options goes together.
  private func argumentProblems(_ major: PostgresMajor) -> [HBAProblem] {
    switch method {
    case .ldap: ldapProblems(major)
    case .radius:
      missing(["radiusservers", "radiussecrets"])
    case .oauth:
      missing(["scope", "issuer"])
        + (has("map") && value(of: "delegate_ident_mapping") == "1"
          ? [.oauthMapWithDelegation] : [])
    default: []
    }
  }

  private func missing(_ names: [String]) -> [HBAProblem] {
    names.filter { value(of: $0)?.isEmpty ?? true }.map { .missingArgument(method, "\"\($0)\"") }
  }

  /// Either a bind with a prefix and a suffix, or a search below a base.
  private func ldapProblems(_ major: PostgresMajor) -> [HBAProblem] {
    var problems: [HBAProblem] = []
    let searches = [
      "ldapbasedn", "ldapbinddn", "ldapbindpasswd", "ldapsearchattribute", "ldapsearchfilter",
    ]
    if has("ldapprefix") || has("ldapsuffix") {
      if searches.contains(where: has) { problems.append(.ldapModesMixed(major)) }
    } else if !has("ldapbasedn") && !has("ldapurl") {
      problems.append(
        .missingArgument(.ldap, "\"ldapbasedn\", \"ldapprefix\", or \"ldapsuffix\""))
    }
    if has("ldapsearchattribute") && has("ldapsearchfilter") {
      problems.append(.ldapAttributeWithFilter)
    }
    return problems
  }

  private func has(_ name: String) -> Bool { value(of: name) != nil }

  /// The last one wins.
  private func value(of name: String) -> String? { options.last { $0.name == name }?.value }
}
