import SourceText

/// Why a text cannot be the name of a role, a database or a replication slot.
package enum NameError: Error, Hashable, Sendable {
  case empty
  /// `NAMEDATALEN` is 64 and includes a trailing NUL; longer names would be truncated.
  case tooLong(bytes: Int)
  /// A line break or another control character; releases since 19 refuse some of them.
  case controlCharacter
  /// Roles whose names start with `pg_` are reserved for the server (`IsReservedName`).
  case reservedRolePrefix
  /// `none` and `public` mean something else wherever a role is named (gram.y, `RoleSpec`).
  case reservedRoleName(String)
  /// Since 16, pg_hba.conf reads such a name as a regular expression, even between quotes
  /// (`tokenize_inc_file` and `check_db` in hba.c), so no record could name it.
  case leadingSlash
  /// Slots are folders: only lower case letters, digits and underscores
  /// (`ReplicationSlotValidateName` in slot.c).
  case invalidSlotCharacter(Character)

  /// The maximum length of a name in bytes.
  package static let maximumLength = 63

  /// The rules that names of roles and databases share.
  static func checkForRecords(_ text: String) throws(NameError) {
    try check(text)
    guard text.utf8.first != UInt8(ascii: "/") else { throw .leadingSlash }
  }

  /// The rules that all three kinds of names share.
  static func check(_ text: String) throws(NameError) {
    guard !text.isEmpty else { throw .empty }
    guard text.utf8.count <= maximumLength else { throw .tooLong(bytes: text.utf8.count) }
    guard !text.utf8.contains(where: \.isASCIIControl) else { throw .controlCharacter }
  }
}

extension NameError: CustomStringConvertible {
  /// The fact without the name, for use after it.
  package var description: String {
    switch self {
    case .empty: "is empty"
    case .tooLong(let bytes):
      "is longer than \(Self.maximumLength) bytes: it has \(bytes)"
    case .controlCharacter: "contains a control character"
    case .reservedRolePrefix: "is reserved: role names starting with \"pg_\" are reserved"
    case .reservedRoleName: "is reserved"
    case .leadingSlash: "starts with a slash, which pg_hba.conf reads as a regular expression"
    case .invalidSlotCharacter(let character):
      "contains invalid character \"\(character)\": replication slot names may only contain "
        + "lower case letters, numbers, and the underscore character"
    }
  }
}
