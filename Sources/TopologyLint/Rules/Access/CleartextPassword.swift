import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let cleartextPassword = LintRule(
    "cleartext-password", .warning, .access,
    summary: "Finds HBA records that send passwords over the network as they are.",
    rationale: """
      With the methods password, ldap, pam, radius and bsd the client sends the password itself, \
      and without TLS whoever can listen reads it. Of records of type host the client decides \
      whether there is TLS; only hostssl makes sure of it.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: ▸password◂}
      """,
      """
      tls: {certificate: server.crt, key: server.key}
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: ▸ldap◂, options: {ldapserver: ldap.example.com, ldapprefix: 'uid='}}
      """,
    ],
    good: [
      """
      hba:
        records:
          - {type: local, databases: [all], users: [all], method: password}
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
      """,
      """
      tls: {certificate: server.crt, key: server.key}
      hba:
        records:
          - {type: hostssl, databases: [all], users: [app], address: 172.22.0.0/24, method: ldap, options: {ldapserver: ldap.example.com, ldapprefix: 'uid='}}
      """,
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      let value = record.value.record
      guard value.method.sendsPassword, value.connectionType.mayBeInClear, value.admitsOverNetwork
      else { continue }
      let isPassword = value.method == .password
      findings.report(
        .cleartext(value.method), at: record.value.methodRange,
        hint: isPassword
          ? "Write \"method: scram-sha-256\"." : "Write \"type: hostssl\", and add \"tls\".",
        // Unsafe: a password that is stored as MD5 no longer lets its user in.
        fixes: isPassword
          ? [
            Fix(
              "Write \"scram-sha-256\".", .unsafe, replacing: record.value.methodRange,
              with: "scram-sha-256")
          ] : [])
    }
  }
}

extension HBAMethod {
  /// The methods for which the server sends AuthenticationCleartextPassword (auth.c).
  fileprivate var sendsPassword: Bool {
    switch self {
    case .password, .ldap, .pam, .radius, .bsd: true
    case .trust, .reject, .scramSHA256, .md5, .gss, .sspi, .ident, .peer, .cert, .oauth: false
    }
  }
}

extension HBAConnectionType {
  fileprivate var mayBeInClear: Bool {
    switch self {
    case .host, .hostnossl, .hostnogssenc: true
    case .local, .hostssl, .hostgssenc: false
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func cleartext(_ method: HBAMethod) -> Self {
    "method \(name: method.rawValue) may send passwords without encryption"
  }
}
