import Diagnostics
import PostgresConfig
import TopologyModel

extension LintRule {
  static let md5Authentication = LintRule(
    "md5-authentication", .warning, .access,
    summary: "Finds HBA records with the method md5.",
    rationale: """
      MD5 passwords can be replayed by whoever reads their hash, and PostgreSQL 18 calls them \
      deprecated. With passwords stored as SCRAM, which is the default, md5 and scram-sha-256 \
      let the same users in; md5 alone also lets the weak ones in.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: ▸md5◂}
      """
    ],
    good: [
      """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    for record in topology.writtenRecords where record.value.record.method == .md5 {
      findings.report(
        .md5, at: record.value.methodRange, hint: "Write \"method: scram-sha-256\".",
        fixes: [
          Fix(
            "Write \"scram-sha-256\".", topology.mayStoreMD5 ? .unsafe : .safe,
            replacing: record.value.methodRange, with: "scram-sha-256")
        ])
    }
  }
}

extension ResolvedTopology {
  /// Whether some password may be stored as MD5, and so its user locked out: by the setting,
  /// by a script, or because the password given is the hash itself (crypt.c,
  /// get_password_type).
  fileprivate var mayStoreMD5: Bool {
    declaration.postgres?.initFolder != nil
      || nodes.contains { node in
        node.setting("password_encryption").map { $0.value.lowercased() != "scram-sha-256" } == true
      }
      || users.contains { user in
        guard case .literal(let text) = user.password.value else { return false }
        return text.hasPrefix("md5") && text.utf8.count == 35
      }
  }
}

extension Diagnostic.Message {
  fileprivate static let md5: Self = "authentication with md5 is deprecated"
}
