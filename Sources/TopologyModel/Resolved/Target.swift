/// What a topology is resolved for: the part of a kind of deployment that settings, names and
/// rules depend on. Its files and commands are `RenderTarget`'s.
package struct Target: Identifiable, Hashable, Sendable {
  /// What rules of this target alone name it by.
  package struct ID: Hashable, Sendable, ExpressibleByStringLiteral, CustomStringConvertible {
    package let description: String
    package init(stringLiteral text: String) { description = text }
  }

  /// Where a server finds what the topology gives it, as absolute paths.
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
  /// What people run it with, as a name in a sentence.
  package let name: String
  package let paths: Paths
  /// The folders that a render has beside its nodes'. No node has such a name.
  package let reservedNames: [String]

  package init(id: ID, name: String, paths: Paths, reservedNames: [String]) {
    (self.id, self.name, self.paths, self.reservedNames) = (id, name, paths, reservedNames)
  }
}
