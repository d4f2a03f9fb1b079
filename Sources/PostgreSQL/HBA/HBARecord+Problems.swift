extension HBARecord {
  /// Everything that a server of this major does not accept, in the order in which it
  /// checks (`parse_hba_line` in hba.c); the server itself stops at the first problem.
  ///
  /// Anything that depends on the server's other settings is checked only if they are given.
  package func problems(major: PostgresMajor, server: HBAServer? = nil) -> [HBAProblem] {
    fieldProblems(major) + methodProblems(major: major, server: server)
  }

  /// The same for the method and its options alone.
  func methodProblems(major: PostgresMajor, server: HBAServer?) -> [HBAProblem] {
    // The options of a method that the server does not have are not checked.
    if let problem = methodProblem(major) { return [problem] }
    return optionVerdict(major: major, server: server).problems
  }

  /// The same, except for the options that the method requires.
  func problemsBeforeArguments(major: PostgresMajor) -> [HBAProblem] {
    if let problem = methodProblem(major) { return [problem] }
    var values = HBAOptionValues(self, major: major)
    return options.compactMap { values.take($0) }
  }

  /// The values that the options add up to, and their problems.
  func optionVerdict(
    major: PostgresMajor, server: HBAServer?
  ) -> (values: HBAOptionValues, problems: [HBAProblem]) {
    var values = HBAOptionValues(self, major: major)
    var problems: [HBAProblem] = []
    for option in options {
      if let problem = values.take(option) { problems.append(problem) }
    }
    problems += argumentProblems(&values, major, server)
    return (values, problems)
  }

  private func fieldProblems(_ major: PostgresMajor) -> [HBAProblem] {
    var problems: [HBAProblem] = []
    if databases.isEmpty { problems.append(.missingDatabase) }
    if users.isEmpty { problems.append(.missingUser) }
    for token in databases + users {
      switch token {
      case .regex(let pattern) where !major.readsHBARegexes:
        problems.append(.regexTooNew(pattern, major))
      case .regex(let pattern):
        if let problem = HBAPattern.problem(with: pattern) { problems.append(.value(problem)) }
      case .name(let name) where major.readsHBARegexes && name.utf8.first == UInt8(ascii: "/"):
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
    case .oauth where major < .firstWithOAuth, .radius where major >= 19: .unknownMethod(method)
    case .sspi, .bsd: .methodNotBuilt(method)
    case .gss where connectionType == .local: .gssOnLocal
    case .peer where connectionType != .local: .peerOverNetwork
    case .cert where connectionType != .hostssl: .certWithoutTLS
    default: nil
    }
  }

  /// The server silently turns `ident` on a local record into `peer`, for compatibility.
  var effectiveMethod: HBAMethod {
    connectionType == .local && method == .ident ? .peer : method
  }
}

// What a method requires, and which of its options can be combined.
extension HBARecord {
  private func argumentProblems(
    _ values: inout HBAOptionValues, _ major: PostgresMajor, _ server: HBAServer?
  ) -> [HBAProblem] {
    switch method {
    case .ldap: ldapProblems(values, major)
    case .radius: radiusProblems(values)
    case .oauth: oauthProblems(&values, major, server)
    default: []
    }
  }

  private func missing(_ names: [String], _ isSet: (String) -> Bool) -> [HBAProblem] {
    names.filter { !isSet($0) }.map { .missingArgument(method, "\"\($0)\"") }
  }

  /// Either a bind with a prefix and a suffix, or a search below a base.
  private func ldapProblems(_ values: HBAOptionValues, _ major: PostgresMajor) -> [HBAProblem] {
    var problems: [HBAProblem] = []
    let searches = [
      "ldapbasedn", "ldapbinddn", "ldapbindpasswd", "ldapsearchattribute", "ldapsearchfilter",
    ]
    if values.has("ldapprefix") || values.has("ldapsuffix") {
      if searches.contains(where: values.has) { problems.append(.ldapModesMixed(major)) }
    } else if !values.has("ldapbasedn") {
      problems.append(
        .missingArgument(.ldap, "\"ldapbasedn\", \"ldapprefix\", or \"ldapsuffix\""))
    }
    if values.has("ldapsearchattribute") && values.has("ldapsearchfilter") {
      problems.append(.ldapAttributeWithFilter)
    }
    return problems
  }

  /// An empty list of servers or secrets counts as none.
  private func radiusProblems(_ values: HBAOptionValues) -> [HBAProblem] {
    func count(_ name: String) -> Int { values.lists[name]?.count ?? 0 }
    let servers = count("radiusservers")
    let counts = ["secrets", "ports", "identifiers"].compactMap { kind -> HBAProblem? in
      let count = count("radius" + kind)
      return [0, 1, servers].contains(count)
        ? nil : .value(.radiusCount(kind, count, servers: servers))
    }
    return missing(["radiusservers", "radiussecrets"]) { count($0) > 0 } + counts
  }

  /// `check_oauth_validator` in auth-oauth.c.
  private func oauthProblems(
    _ values: inout HBAOptionValues, _ major: PostgresMajor, _ server: HBAServer?
  ) -> [HBAProblem] {
    var problems = missing(["scope", "issuer"], values.has)
    if let validators = server?.oauthValidators {
      if validators.isEmpty {
        problems.append(.value(.oauthValidatorsUnset(major)))
      } else if let name = values.texts["validator"] {
        if !validators.contains(name) { problems.append(.value(.oauthValidatorNotPermitted(name))) }
      } else if validators.count > 1 {
        problems.append(.value(.oauthValidatorMissing(major)))
      } else {
        values.setDefaultValidator(validators[0])
      }
    }
    if values.has("map"), values.flags.contains("delegate_ident_mapping") {
      problems.append(.oauthMapWithDelegation)
    }
    return problems
  }
}
