import SchemaCoding
package import SourceText

/// The files that let clients verify connections, relative to the topology file.
package struct TLS: Sendable {
  package let certificate: Located<String>
  package let key: Located<String>
  package let ca: Located<String>?
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
