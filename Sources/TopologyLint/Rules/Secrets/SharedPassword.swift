import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let sharedPassword = LintRule(
    "shared-password", .warning, .secrets,
    summary: "Finds users who have one password.",
    rationale: """
      Whoever learns the password of the lesser user has that of the greater one, and it cannot \
      be changed for one alone. One literal, one variable of the environment and one file each \
      are one password.
      """,
    bad: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: ▸{env: POSTGRES_PASSWORD}◂}
      """,
      """
      users:
        admin: {attributes: [superuser], password: {file: secrets/postgres}}
        repuser: {attributes: [replication], password: ▸{file: ./secrets/postgres}◂}
      """,
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {file: POSTGRES_PASSWORD}}
      """
    ]
  ) { topology, findings in
    var owners: [[String]: ResolvedUser] = [:]
    for user in topology.users {
      let source = user.password.value.identity
      guard let owner = owners[source] else {
        owners[source] = user
        continue
      }
      let variable = HintText.passwordVariable(of: user.name)
      findings.report(
        .shared(user.name, owner.name), at: user.password.range,
        notes: [.init("it is given here first", at: owner.password.range)],
        hint: "Give it one of its own, such as \(keyword: "password: {env: \(variable)}").")
    }
  }
}

extension Password {
  /// The kind of source and its name; paths to the same file are equal, however they are written.
  fileprivate var identity: [String] {
    switch self {
    case .environment(let name): ["env", name]
    case .file(let path): ["file", Path.canonical(path)]
    case .literal(let text): ["literal", text]
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func shared(_ user: String, _ owner: String) -> Self {
    "user \(name: user) has the password of user \(name: owner)"
  }
}
