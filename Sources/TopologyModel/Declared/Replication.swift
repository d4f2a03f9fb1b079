import Diagnostics
package import SchemaCoding
package import SourceText

/// How the replicas follow their upstreams.
package struct Replication: Sendable {
  package let user: Located<String>?
  package let slots: Bool
  package let recopy: Recopy
  package let synchronous: Synchronous?
}

/// Who decides that a replica that can never follow again gets a new copy.
package enum Recopy: String, CaseIterable, Sendable, JSONConvertible {
  /// The person who runs scripts/recopy.sh.
  case manual
  /// The replica itself.
  case automatic

  package var json: JSONValue { .string(rawValue) }
}

/// Which replicas a commit waits for.
package struct Synchronous: Sendable {
  package enum Method: String, CaseIterable, Sendable { case any, first }

  package let method: Method
  package let count: Located<Int>
  package let replicas: [Located<String>]?
}

extension Schema<Replication> {
  static let replication = Schema.object(
    "How the replicas follow their upstreams.",
    Field(
      "user", optional: .located(.roleReference),
      "The user that replicas connect as. The default is the only one with the attribute replication."
    ),
    Field(
      "slots", .boolean, default: true,
      "Whether each replica has a physical replication slot on its upstream."),
    Field(
      "recopy", .choice, default: .manual,
      "Who copies a replica anew that can never follow again: manual, whoever runs scripts/recopy.sh, or automatic, the replica itself."
    ),
    Field(
      "synchronous", optional: .synchronous,
      "Which replicas a commit waits for. Without it, for none.")
  ) {
    Replication(user: $0, slots: $1, recopy: $2, synchronous: $3)
  }
}

extension Schema<Synchronous> {
  static let synchronous = Schema.object(
    "Which replicas a commit waits for.",
    Field(
      "method", .choice,
      "any: whichever replicas answer first. first: those that stand first in the list."),
    Field("count", .located(.integer(in: 1...1000)), "How many replicas a commit waits for."),
    Field(
      "replicas", optional: .array(of: .located(.line), isUnique: true, minimumCount: 1),
      "The replicas to choose from. The default is every direct replica of the primary.")
  ) {
    Synchronous(method: $0, count: $1, replicas: $2)
  }
}
