package import IPAddressing
import SchemaCoding
package import SourceText

/// A program elsewhere in the network that connects to the nodes.
package struct Client: Sendable {
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let user: Located<String>
  package let database: Located<String>?
}

extension Schema<Client> {
  static let client = Schema.object(
    "Something that connects to the nodes from elsewhere in the network.",
    Field("ip", .located(.address(.v4)), "Its static IPv4 address, inside the network's subnet."),
    Field("ip6", optional: .located(.address(.v6)), "Its static IPv6 address."),
    Field("user", .located(.roleReference), "The user it connects as."),
    Field(
      "database", optional: .located(.databaseName),
      "The database it connects to. The default is postgres.database.")
  ) {
    Client(ip: $0, ip6: $1, user: $2, database: $3)
  }
}
