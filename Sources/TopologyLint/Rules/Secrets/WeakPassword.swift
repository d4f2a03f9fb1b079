import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let weakPassword = LintRule(
    "weak-password", .warning, .secrets,
    summary: "Finds literal passwords that are guessed first.",
    rationale: """
      Programs that try passwords begin with short ones, with lists of common ones, and with the \
      names of the user, the database and the product, digits and signs between them. A password \
      of which little is left without such words is one of them. Only literals are looked at: a \
      variable or a file is not read.
      """,
    bad: [
      """
      users:
        admin: {attributes: [superuser], password: ▸{literal: Postgres-2024!}◂}
        repuser: {attributes: [replication], password: ▸{literal: repuser_2024}◂}
        app: {password: ▸{literal: tR8#kq2}◂, databases: [demo]}
      """
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {literal: quail-gravel-ninety-spoon}}
      lint:
        allow:
          literal-password: the network of this test leaves no machine
      """
    ]
  ) { topology, findings in
    for user in topology.users {
      guard let literal = topology.literalPassword(of: user),
        let weakness = PasswordWeakness(
          literal.value,
          names: [user.name, topology.name, topology.database] + user.databases)
      else { continue }
      findings.report(
        weakness.message(of: user.name), at: literal.range,
        hint:
          "Write one that nobody can think of, such as the output of \"openssl rand -base64 24\".")
    }
  }
}

extension ResolvedTopology {
  /// A password in the topology itself, and its place.
  fileprivate func literalPassword(of user: ResolvedUser) -> Located<String>? {
    guard case .literal(let text) = user.password.value else { return nil }
    return Located(text, at: user.password.range)
  }
}

/// Why a password is easy to guess.
enum PasswordWeakness {
  case short
  case commonWords

  /// The fewest characters that are not reported.
  static let minimumLength = 12
  /// How many different characters there must be besides words that are tried first.
  private static let minimumRest = 6

  /// Nil if there is no reason.
  init?(_ password: String, names: [String]) {
    guard password.count >= Self.minimumLength else {
      self = .short
      return
    }
    let text = password.lowercased()
    let spelled = text.unicodeScalars.map { Self.substitutions[$0] ?? $0 }
    // Removing a name of one or two letters would leave nothing of a good password.
    let words = Set(names.map { $0.lowercased() } + CommonPasswords.words).filter { $0.count >= 3 }
      .sorted { ($1.count, $0) < ($0.count, $1) }
    let rests = [text, String(String.UnicodeScalarView(spelled))].map { text in
      var rest = text
      for word in words { rest = rest.split(separator: word).joined(separator: " ") }
      return Set(rest).subtracting(" -_.").count
    }
    guard rests.contains(where: { $0 < Self.minimumRest }) else { return nil }
    self = .commonWords
  }

  /// Signs and digits that stand for letters, as in `p@ssw0rd`.
  private static let substitutions: [Unicode.Scalar: Unicode.Scalar] = [
    "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s",
  ]

  func message(of user: String) -> Diagnostic.Message {
    switch self {
    case .short: .short(user)
    case .commonWords: .commonWords(user)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func short(_ user: String) -> Self {
    let length = PasswordWeakness.minimumLength
    return "the password of user \(name: user) has fewer than \(length) characters"
  }

  fileprivate static func commonWords(_ user: String) -> Self {
    "the password of user \(name: user) is made of words that are tried first"
  }
}
