import Admission
import Diagnostics
import TopologyModel
import Workspace

/// The words for what is made of a question; the options are those of `pgtopo hba`.
extension ConnectionQuestion.Note {
  /// As a fact.
  var message: Diagnostic.Message {
    switch self {
    case .assumesTLS:
      "with TLS, since the topology has \"tls\"; --no-tls asks about the other case"
    case .assumesNoTLS:
      "without TLS, since nothing else was said; --tls asks about the other case"
    case .noTLS: "the topology has no \"tls\": its nodes encrypt no connection with it"
    case .undeclaredUser(let name, let names): .undeclared("user", name, among: names)
    case .undeclaredDatabase(let name, let names): .undeclared("database", name, among: names)
    case .databaseWithoutConnections(let name):
      "database \(name: name) accepts no connections, from whomever"
    }
  }
}

extension CommandError {
  /// Why a question has no answer.
  init(_ error: QuestionError) {
    switch error {
    case .noUser: self.init("no user is named", hint: "Write \"--user NAME\".")
    case .noTarget:
      self.init(
        "nothing is named to connect to", hint: "Write \"--database NAME\" or \"--replication\".")
    case .unknownNode(let name, let names):
      self.init(
        "node \(name: name) does not exist",
        hint: .nearest(to: name, among: names) ?? "The nodes are \(names: names).")
    case .unknownSource(let name, let names):
      let kinds: Diagnostic.Message =
        names == nil ? "an IP address" : "an IP address, a node or a client"
      self.init("\(name: name) is not \(kinds)", hint: .nearest(to: name, among: names ?? []))
    case .mappedAddress(let address, let seen):
      self.init(
        "no connection comes from \(address): a server sees \(seen)",
        hint: "Write \(keyword: "--from \(seen)").")
    case .tooManyCells(let count, let limit):
      self.init(
        "the matrix has \(count) cells, more than \(limit)",
        hint: "Ask about single connections with \"pgtopo hba explain\".")
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func nearest(to name: String, among names: [String]) -> Self? {
    NearestName.of(name, among: names).map { "Perhaps you meant \(name: $0)." }
  }

  fileprivate static func undeclared(
    _ kind: String, _ name: String, among names: [String]
  ) -> Self {
    let nearest: Self =
      NearestName.of(name, among: names).map { "; perhaps you meant \(name: $0)" } ?? ""
    return "the topology declares no \(text: kind) \(name: name)\(nearest)"
  }
}
