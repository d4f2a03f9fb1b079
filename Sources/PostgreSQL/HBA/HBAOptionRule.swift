/// Which methods an option of an HBA record is for (`parse_hba_auth_opt` in hba.c).
struct HBAOptionRule {
  /// Nil if the option does not depend on the method.
  let methods: Set<HBAMethod>?
  /// How the server lists them.
  let methodsText: String

  private init(_ methods: Set<HBAMethod>?, _ methodsText: String = "") {
    (self.methods, self.methodsText) = (methods, methodsText)
  }

  /// Nil if the major has no option with this name.
  static func rule(for name: String, in major: PostgresMajor) -> HBAOptionRule? {
    if name == "map" { return major >= .firstWithOAuth ? mapWithOAuth : map }
    if major < .firstWithOAuth, oauthNames.contains(name) { return nil }
    if major >= 19 {
      if radiusNames.contains(name) { return nil }
      // Validator modules define these; the server checks them when a client connects.
      if name.utf8.starts(with: "validator.".utf8) { return rules["validator"] }
    }
    return rules[name]
  }

  private static let map = HBAOptionRule(
    [.ident, .peer, .gss, .sspi, .cert], "ident, peer, gssapi, sspi, and cert")
  private static let mapWithOAuth = HBAOptionRule(
    [.ident, .peer, .gss, .sspi, .cert, .oauth], "ident, peer, gssapi, sspi, cert, and oauth")

  private static let radiusNames = [
    "radiusservers", "radiusports", "radiussecrets", "radiusidentifiers",
  ]
  private static let oauthNames = ["issuer", "scope", "validator", "delegate_ident_mapping"]
  private static let ldapNames = [
    "ldapurl", "ldaptls", "ldapscheme", "ldapserver", "ldapport", "ldapbinddn",
    "ldapbindpasswd", "ldapsearchattribute", "ldapsearchfilter", "ldapbasedn", "ldapprefix",
    "ldapsuffix",
  ]

  private static let rules: [String: HBAOptionRule] = {
    var rules: [String: HBAOptionRule] = [:]
    func add(_ names: [String], _ rule: HBAOptionRule) {
      for name in names { rules[name] = rule }
    }
    add(["clientcert", "clientname"], HBAOptionRule(nil))
    add(["pamservice", "pam_use_hostname"], HBAOptionRule([.pam], "pam"))
    add(["krb_realm", "include_realm"], HBAOptionRule([.gss, .sspi], "gssapi and sspi"))
    add(["compat_realm", "upn_username"], HBAOptionRule([.sspi], "sspi"))
    add(ldapNames, HBAOptionRule([.ldap], "ldap"))
    add(radiusNames, HBAOptionRule([.radius], "radius"))
    add(oauthNames, HBAOptionRule([.oauth], "oauth"))
    return rules
  }()
}
