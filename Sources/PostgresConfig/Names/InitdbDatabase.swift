/// A database that initdb makes in every data directory (manual, "Template Databases").
package enum InitdbDatabase: String, CaseIterable, Sendable {
  /// Where programs connect that need some database; scripts of a render do, too.
  case postgres
  /// What CREATE DATABASE copies.
  case template1
  /// The untouched copy of `template1`. It lets nobody in: its `datallowconn` is false, and
  /// the server says "database "template0" is not currently accepting connections".
  case template0

  package var acceptsConnections: Bool { self != .template0 }
}
