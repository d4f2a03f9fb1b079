package import Diagnostics
package import IPAddressing
package import PostgreSQL
package import TopologyModel

/// One connection that somebody asks about, and what was made of it.
package struct ConnectionQuestion: Sendable {
  package let connection: HBAConnection
  /// The node that is connected to; nil for a plain file.
  package let node: ResolvedNode?
  /// Who connects, where that is known: `client "backend"`.
  package let sourceName: Diagnostic.Message?
  package let notes: [Note]

  /// What was assumed of a connection, or is to be known about it.
  package enum Note: Hashable, Sendable {
    /// With TLS, since the topology has `tls`.
    case assumesTLS
    /// Without encryption, though the records of the plain file tell TLS apart.
    case assumesNoTLS
    /// TLS is asked about, and the topology has no `tls`.
    case noTLS
    case undeclaredUser(String, among: [String])
    case undeclaredDatabase(String, among: [String])
    /// Such as template0.
    case databaseWithoutConnections(String)
  }
}

/// Why there is no answer to a question.
package enum QuestionError: Error, Hashable, Sendable {
  /// Nobody is named who connects.
  case noUser
  /// Neither a database nor replication is named.
  case noTarget
  case unknownNode(String, among: [String])
  /// Neither an address nor a node or client; without a topology the names are nil.
  case unknownSource(String, among: [String]?)
  /// No connection comes from an IPv4-mapped address: a server sees the IPv4 address.
  case mappedAddress(IPAddress, seen: IPAddress)
  /// More cells of a matrix would neither be read nor be quickly there.
  case tooManyCells(Int, limit: Int)
}
