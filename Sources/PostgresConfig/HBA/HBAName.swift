/// The name of a database or role that pg_hba.conf can hold.
package struct HBAName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Why no way of quoting makes pg_hba.conf hold a name.
  package enum Unwritable: Error, Hashable, Sendable {
    case empty
    /// Records end with their line, quotes or not; and no file holds a NUL.
    case lineBreak
    /// From 16 on a word that starts with a slash is a regular expression even in quotes
    /// (`regcomp_auth_token` in hba.c looks at the first byte only).
    case leadingSlash
  }

  /// Takes the name itself, without quotes.
  package init(_ name: String) throws(Unwritable) {
    guard !name.isEmpty else { throw .empty }
    guard !name.hasHBALineBreak else { throw .lineBreak }
    guard name.utf8.first != UInt8(ascii: "/") else { throw .leadingSlash }
    description = name
  }

  /// The name as pg_hba.conf writes it.
  package var hbaText: String { Quoting.hbaName(description) }
}

extension String {
  /// A line feed, a carriage return (which 19 drops and older releases take for a blank)
  /// or a NUL.
  var hasHBALineBreak: Bool { utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 } }
}
