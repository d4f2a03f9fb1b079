import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let invalidHBARecord = LintRule(
    "invalid-hba-record", .error, .access,
    summary: "Finds HBA records that the server refuses or reads as something else.",
    rationale: """
      One record that it cannot read keeps the server from starting; in a running server all \
      records stay as they were, and only the log says so.
      """,
    bad: [
      """
      hba:
        records:
          - {type: local, databases: [all], users: [all], address: ▸127.0.0.1/32◂, method: peer}
      """,
      """
      postgres: {version: 19, image: postgres:19-trixie}
      hba:
        records:
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: ▸peer◂}
          - {type: host, databases: [▸"/app("◂], users: [app], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: ▸radius◂}
          - ▸{type: host, databases: [all], users: [app], address: 172.22.0.0/24, method: scram-sha-256, options: {clientcert: verify-ca}}◂
          - ▸{type: host, databases: [all], users: [app], method: scram-sha-256}◂
      """,
    ],
    good: [
      """
      tls: {certificate: certs/server.crt, key: certs/server.key}
      hba:
        records:
          - {type: local, databases: [all], users: [all], method: peer}
          - {type: hostssl, databases: [all], users: [app], address: 172.22.0.0/24, method: scram-sha-256, options: {clientcert: verify-ca}}
      """
    ]
  ) { topology, findings in
    for record in topology.declaredRecords {
      for problem in record.value.record.problems(
        major: topology.major, server: topology.hbaServer)
      // Another rule reports features of later majors.
      where problem.firstMajor(after: topology.major) == nil {
        findings.report(.invalid(problem), at: record.range(of: problem), hint: problem.hint)
      }
    }
  }
}

extension Located<DeclaredHBARecord> {
  /// The part of the record that is wrong; the whole record for names and options.
  func range(of problem: HBAProblem) -> SourceRange {
    switch problem {
    case .regexTooNew(let pattern, _): rangeOfWord(.regex(pattern))
    case .value(.regex(let pattern, _)): rangeOfWord(.regex(pattern))
    case .nameReadAsRegex(let name, _): rangeOfWord(.name(name))
    case .addressOnLocal: value.addressRange ?? range
    case .unknownMethod, .methodNotBuilt, .gssOnLocal, .peerOverNetwork, .certWithoutTLS,
      .missingArgument:
      value.methodRange
    default: range
    }
  }

  private func rangeOfWord(_ word: HBAToken) -> SourceRange {
    let words = zip(value.record.databases, value.databaseRanges)
    let users = zip(value.record.users, value.userRanges)
    return (Array(words) + Array(users)).first { $0.0 == word }?.1 ?? range
  }
}

extension ResolvedTopology {
  /// The settings that affect records: whether any server speaks TLS, and the validators of
  /// the primary.
  fileprivate var hbaServer: HBAServer {
    HBAServer(
      tlsEnabled: mayUseTLS,
      oauthValidatorLibraries: primary.settings["oauth_validator_libraries"].text)
  }
}

extension HBAProblem {
  /// What to write instead.
  fileprivate var hint: Diagnostic.Message {
    switch self {
    case .missingDatabase: "Write \"databases: [all]\", or the names of databases."
    case .missingUser: "Write \"users: [all]\", or the names of users."
    case .missingAddress: "Write an address, such as \"address: 172.22.0.0/24\"."
    case .addressOnLocal: "Remove the address, or write \"type: host\"."
    case .unknownMethod, .methodNotBuilt: "Write \"method: scram-sha-256\"."
    case .gssOnLocal: "Write \"method: peer\", or \"type: host\"."
    case .peerOverNetwork: "Write \"method: scram-sha-256\", or \"type: local\"."
    case .certWithoutTLS, .optionOutsideHostssl: "Write \"type: hostssl\"."
    case .unrecognizedOption(let name), .optionOfOtherMethods(let name, _):
      "Remove the option \(name: name)."
    case .invalidOptionValue(name: "clientname", _):
      "Write \"clientname: CN\" or \"clientname: DN\"."
    case .invalidOptionValue:
      "Write \"clientcert: verify-full\" or \"clientcert: verify-ca\"."
    case .invalidLDAPPort: "Write \"ldapport: '389'\"."
    case .weakClientcertWithCert: "Write \"clientcert: verify-full\", or remove the option."
    case .missingArgument(_, let argument): "Add the option \(text: argument) below \"options\"."
    case .ldapModesMixed:
      "Keep \"ldapprefix\" and \"ldapsuffix\", or the options of a search, not both."
    case .ldapAttributeWithFilter: "Remove \"ldapsearchattribute\" or \"ldapsearchfilter\"."
    case .oauthMapWithDelegation: "Remove \"map\" or \"delegate_ident_mapping\"."
    case .regexTooNew: "Write the names one by one, or use PostgreSQL 16 or later."
    case .nameReadAsRegex: "Rename it: no quotes keep a leading slash from being read so."
    case .lineBreak: "Remove the line break."
    case .value(let problem): "\(text: problem.hint)"
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func invalid(_ problem: HBAProblem) -> Self {
    "\(text: problem.description)"
  }
}
