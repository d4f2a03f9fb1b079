import Diagnostics
import PostgreSQL
import SourceText
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
    let isSafe = topology.storesPasswordsAsSCRAM
    for record in topology.declaredRecords where record.value.record.method == .md5 {
      let range = record.value.methodRange
      findings.report(
        .md5, at: range, hint: "Write \"method: scram-sha-256\".",
        fixes: [
          Fix(
            "Write \"scram-sha-256\".", isSafe ? .safe : .unsafe, replacing: range,
            with: "scram-sha-256")
        ])
    }
  }
}

extension ResolvedTopology {
  /// Whether every password is stored as SCRAM. Then the server asks for SCRAM even with
  /// md5 (`CheckMD5Auth` in auth.c). SCRAM is the default since 14, and pgtopo creates the
  /// users; but a script, an older data directory, or a password that is itself a hash
  /// (`get_password_type` in crypt.c) may bring others.
  fileprivate var storesPasswordsAsSCRAM: Bool {
    !hasInitScripts
      && nodes.allSatisfy { node in
        node.data == nil && node.settings["password_encryption"].choice == "scram-sha-256"
      }
      && !users.contains { user in
        guard case .literal(let text) = user.password.value else { return false }
        return text.hasPrefix("md5") && text.utf8.count == 35
      }
  }
}

extension Diagnostic.Message {
  fileprivate static let md5: Self = "authentication with md5 is deprecated"
}
