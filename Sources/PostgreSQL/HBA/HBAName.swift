/// The name of a database or role that can be written in pg_hba.conf.
package struct HBAName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Why a name cannot be written in pg_hba.conf, however it is quoted.
  package enum WritingError: Error, Hashable, Sendable {
    case empty
    /// A record ends with its line, quotes or not; and no file can contain a NUL.
    case lineBreak
    /// Since 16, a word that starts with a slash is a regular expression even in quotes
    /// (`regcomp_auth_token` in hba.c looks only at the first byte).
    case leadingSlash
  }

  /// Takes the name itself, unquoted.
  package init(_ name: String) throws(WritingError) {
    guard !name.isEmpty else { throw .empty }
    guard !name.hasHBALineBreak else { throw .lineBreak }
    guard name.utf8.first != UInt8(ascii: "/") else { throw .leadingSlash }
    description = name
  }

  /// The name as written in pg_hba.conf.
  package var hbaText: String { Quoting.hbaName(description) }
}

extension String {
  /// A line feed, a carriage return (which 19 drops and older releases treat as a blank) or a NUL.
  var hasHBALineBreak: Bool { utf8.contains { $0 == 0x0A || $0 == 0x0D || $0 == 0 } }
}
