import Diagnostics
package import IPAddressing
package import SchemaCoding
package import SourceText

/// Something that connects to the nodes from elsewhere in the network.
package struct Client: Sendable {
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let user: Located<String>
  package let database: Located<String>?
}

/// Where finished WAL segments are kept, and for how long.
package struct Archive: Sendable {
  package enum Place: Sendable {
    /// A named volume.
    case volume(String)
    /// A folder of the host, relative to the topology file.
    case path(Located<String>)
  }

  package let place: Place
  /// Where the volume or the path is written.
  package let placeRange: SourceRange
  /// How long a segment stays; nil for ever.
  package let keep: Located<WholeHours>?
}

/// The files that make connections verifiable, relative to the topology file.
package struct TLS: Sendable {
  package let certificate: Located<String>
  package let key: Located<String>
  package let ca: Located<String>?
}

/// What the linter is told.
package struct LintOptions: Sendable {
  /// Rules and why their findings are accepted.
  package let allow: [Entry<String, String>]
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

extension Schema<Archive> {
  static let archive = Schema.object(
    "Where finished WAL segments are kept: in a volume or at a path.",
    Field(
      "volume", optional: .located(.dockerName(of: "volume")),
      "The named volume that holds them."),
    Field("path", optional: .located(.line), "The host's folder that holds them."),
    Field(
      "keep", optional: .located(.wholeHours),
      "How long they stay, in days or hours, such as 7d or 36h: longer than a replica may be away. Without it, for ever."
    ),
    exactlyOne: ["volume", "path"]
  ) { volume, path, keep in
    guard let range = volume?.range ?? path?.range,
      let place = volume.map({ Archive.Place.volume($0.value) }) ?? path.map(Archive.Place.path)
    else { return nil }
    return Archive(place: place, placeRange: range, keep: keep)
  }
}

extension Schema<TLS> {
  static let tls = Schema.object(
    "The files that make connections verifiable.",
    Field("certificate", .located(.line), "The servers' certificate."),
    Field("key", .located(.line), "The certificate's private key."),
    Field(
      "ca", optional: .located(.line),
      "The authority that signed it. With it, replicas and clients verify whom they talk to.")
  ) {
    TLS(certificate: $0, key: $1, ca: $2)
  }
}

extension Schema<LintOptions> {
  static let lintOptions = Schema.object(
    "What pgtopo lint is told about this topology.",
    Field(
      "allow", orEmpty: .map(key: { $0 }, values: .reason),
      "Rules whose findings are accepted, each with the reason.")
  ) {
    LintOptions(allow: $0)
  }
}

extension Schema<String> {
  /// Why a finding is accepted.
  fileprivate static var reason: Schema {
    .parsed(pattern: "\\S") { text throws(InvalidValue) in
      guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
        throw InvalidValue(
          "the allowance has no reason", id: "allowance-without-reason",
          hint: "Say why the finding is accepted.")
      }
      return text
    }
  }
}
