package import IPAddressing
package import SourceText

/// An application that connects to the nodes.
package struct ResolvedClient: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let user: ResolvedUser
  /// Where the client names its user.
  package let userRange: SourceRange
  package let database: String

  package var addresses: [Located<IPAddress>] { [ip] + (ip6.map { [$0] } ?? []) }
}
