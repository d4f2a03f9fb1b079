/// The target a topology is resolved for: those properties of a kind of deployment that
/// settings, names and rules depend on. `RenderTarget` has its files and commands.
package struct Target: Identifiable, Hashable, Sendable {
  /// The name by which rules of this target alone refer to it.
  package struct ID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let description: String
    package init(stringLiteral text: String) { description = text }
  }

  /// Absolute paths where a server finds what the topology provides.
  package struct Paths: Hashable, Sendable {
    /// The folder of the WAL archive.
    package let archive: String
    package let certificate: String
    package let key: String
    /// The authority that signed the certificate.
    package let ca: String

    package init(archive: String, certificate: String, key: String, ca: String) {
      (self.archive, self.certificate, self.key, self.ca) = (archive, certificate, key, ca)
    }
  }

  package let id: ID
  /// The software that runs it, as a name in a sentence.
  package let name: String
  package let paths: Paths
  /// The folders that a render has beside those of its nodes. No node may have such a name.
  package let reservedNames: [String]

  package init(id: ID, name: String, paths: Paths, reservedNames: [String]) {
    (self.id, self.name, self.paths, self.reservedNames) = (id, name, paths, reservedNames)
  }
}
