/// A database that initdb creates in every data directory (manual, "Template Databases").
package enum InitdbDatabase: String, CaseIterable, Sendable {
  /// The default for programs that need some database, including the rendered scripts.
  case postgres
  /// The database that CREATE DATABASE copies.
  case template1
  /// The untouched copy of `template1`. It lets nobody in: its `datallowconn` is false, and
  /// the server says `database "template0" is not currently accepting connections`.
  case template0

  package var acceptsConnections: Bool { self != .template0 }
}
