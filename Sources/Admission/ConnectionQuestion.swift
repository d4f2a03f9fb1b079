package import Diagnostics
package import IPAddressing
package import PostgreSQL
package import TopologyModel

/// One connection that the user asks about, and what was assumed.
package struct ConnectionQuestion: Sendable {
  package let connection: HBAConnection
  /// The node that is connected to; nil for a plain file.
  package let node: ResolvedNode?
  /// Who connects, if known: `client "backend"`.
  package let sourceName: Diagnostic.Message?
  package let notes: [Note]

  /// An assumption about a connection, or a fact that matters for it.
  package enum Note: Hashable, Sendable {
    /// With TLS, because the topology has `tls`.
    case assumesTLS
    /// Without encryption, although records of the plain file depend on TLS.
    case assumesNoTLS
    /// The question is about TLS, but the topology has no `tls`.
    case noTLS
    case undeclaredUser(String, among: [String])
    case undeclaredDatabase(String, among: [String])
    /// Such as template0.
    case databaseWithoutConnections(String)
  }
}

/// Why a question cannot be answered.
package enum QuestionError: Error, Hashable, Sendable {
  /// No user is named.
  case noUser
  /// Neither a database nor replication is named.
  case noTarget
  case unknownNode(String, among: [String])
  /// Neither an address nor a node or client; without a topology the names are nil.
  case unknownSource(String, among: [String]?)
  /// No connection comes from an IPv4-mapped address: a server sees the IPv4 address.
  case mappedAddress(IPAddress, seen: IPAddress)
  /// The matrix would be too large to read.
  case tooManyCells(Int, limit: Int)
}
