import SourceText

/// The values that the options of a record add up to, processed one by one as the server
/// does (`parse_hba_auth_opt` in hba.c).
struct HBAOptionValues {
  /// The effective method: the server turns `ident` on a local record into `peer`.
  let method: HBAMethod
  private let connectionType: HBAConnectionType
  private let major: PostgresMajor
  /// The options that are kept as text; the last one of a name wins.
  private(set) var texts: [String: String] = [:]
  /// The options that are lists, by name.
  private(set) var lists: [String: [String]] = [:]
  /// The options that are on, which takes the value `1` and no other.
  private(set) var flags: Set<String> = []
  private(set) var ldapPort: Int32 = 0
  /// Every option sets it to the whole subtree; only `ldapurl` sets another scope.
  private(set) var ldapScope = 0

  init(_ record: HBARecord, major: PostgresMajor) {
    (method, connectionType) = (record.effectiveMethod, record.connectionType)
    self.major = major
    if method == .gss || method == .sspi { flags.insert("include_realm") }
  }

  func has(_ name: String) -> Bool { texts[name] != nil }

  private static let flagNames: Set<String> = [
    "pam_use_hostname", "ldaptls", "include_realm", "compat_realm", "upn_username",
    "delegate_ident_mapping",
  ]

  /// Processes an option, or returns its problem.
  mutating func take(_ option: HBAOption) -> HBAProblem? {
    ldapScope = 2
    guard let rule = HBAOptionRule.rule(for: option.name, in: major) else {
      return .unrecognizedOption(option.name)
    }
    if let methods = rule.methods, !methods.contains(method) {
      return .optionOfOtherMethods(option.name, methods: rule.methodsText)
    }
    switch option.name {
    case "clientcert", "clientname": return takeClient(option)
    case "ldapport":
      ldapPort = DecimalText.atoi(option.value)
      return ldapPort == 0 ? .invalidLDAPPort(option.value) : nil
    case "ldapurl": return takeURL(option.value)
    case "radiusservers", "radiusports", "radiussecrets", "radiusidentifiers":
      return takeList(option)
    case let name where Self.flagNames.contains(name):
      if option.value == "1" { flags.insert(name) } else { flags.remove(name) }
    default: texts[option.name] = option.value
    }
    return nil
  }

  private mutating func takeClient(_ option: HBAOption) -> HBAProblem? {
    guard connectionType == .hostssl else { return .optionOutsideHostssl(option.name) }
    let allowed = option.name == "clientname" ? ["CN", "DN"] : ["verify-ca", "verify-full"]
    guard allowed.contains(option.value) else {
      return .invalidOptionValue(name: option.name, value: option.value)
    }
    if option.value == "verify-ca", method == .cert { return .weakClientcertWithCert }
    texts[option.name] = option.value
    return nil
  }

  private mutating func takeURL(_ text: String) -> HBAProblem? {
    let url: LDAPURL
    do { url = try LDAPURL(text) } catch { return .value(.ldapURL(text, error.rawValue)) }
    guard url.scheme == "ldap" || url.scheme == "ldaps" else {
      return .value(.ldapURLScheme(url.scheme))
    }
    texts["ldapscheme"] = url.scheme
    if let host = url.host { texts["ldapserver"] = host }
    if let baseDN = url.baseDN { texts["ldapbasedn"] = baseDN }
    if let attribute = url.attribute { texts["ldapsearchattribute"] = attribute }
    if let filter = url.filter { texts["ldapsearchfilter"] = filter }
    (ldapPort, ldapScope) = (url.port, url.scope)
    return nil
  }

  private mutating func takeList(_ option: HBAOption) -> HBAProblem? {
    let kind = String(option.name.dropFirst("radius".count))
    guard let list = GUCList.split(option.value) else {
      return .value(
        kind == "ports"
          ? .radiusPort(option.value, isInView: true) : .radiusList(kind, option.value))
    }
    if kind == "servers", let name = list.first(where: Self.isUnresolvable) {
      return .value(.radiusServer(name))
    }
    if kind == "ports", let port = list.first(where: { DecimalText.atoi($0) == 0 }) {
      return .value(.radiusPort(port, isInView: false))
    }
    lists[option.name] = list
    texts[option.name] = option.value
    return nil
  }

  /// The server resolves names here; only for some is the result the same everywhere (RFC 6761).
  private static func isUnresolvable(_ name: String) -> Bool {
    name.isEmpty || name.asciiLowercased.hasSuffix(".invalid")
  }
}

extension HBAOptionValues {
  /// The options as `pg_hba_file_rules` lists them (`get_hba_options` in hbafuncs.c), which
  /// omits `clientname` and flags that are off.
  var viewTexts: [String] {
    var view: [String] = []
    func add(_ name: String) { if let text = texts[name] { view.append("\(name)=\(text)") } }
    func addFlag(_ name: String) { if flags.contains(name) { view.append("\(name)=true") } }
    if method == .gss || method == .sspi {
      addFlag("include_realm")
      add("krb_realm")
    }
    add("map")
    if method == .cert { view.append("clientcert=verify-full") } else { add("clientcert") }
    add("pamservice")
    switch method {
    case .ldap:
      add("ldapserver")
      if ldapPort != 0 { view.append("ldapport=\(ldapPort)") }
      // Later minor releases of the other majors show it, too.
      if major == 15 || major >= 17 { add("ldapscheme") }
      addFlag("ldaptls")
      let names = [
        "ldapprefix", "ldapsuffix", "ldapbasedn", "ldapbinddn", "ldapbindpasswd",
        "ldapsearchattribute", "ldapsearchfilter",
      ]
      names.forEach(add)
      if ldapScope != 0 { view.append("ldapscope=\(ldapScope)") }
    case .radius:
      ["radiusservers", "radiussecrets", "radiusidentifiers", "radiusports"].forEach(add)
    case .oauth:
      ["issuer", "scope", "validator"].forEach(add)
      addFlag("delegate_ident_mapping")
    default: break
    }
    return view
  }

  /// The validator that is used if there is only one.
  mutating func setDefaultValidator(_ name: String) { texts["validator"] = name }
}
