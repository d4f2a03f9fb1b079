/// The name of a role, exactly as the server stores it: case counts.
package struct RoleName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// The name of a role that is to be created.
  package init(_ text: String) throws(NameError) {
    try self.init(existing: text)
    guard !text.utf8.starts(with: "pg_".utf8) else { throw .reservedRolePrefix }
  }

  /// The name of a role that may be built into the server, such as `pg_read_all_data`.
  package init(existing text: String) throws(NameError) {
    try NameError.checkForRecords(text)
    guard text != "none", text != "public" else { throw .reservedRoleName(text) }
    description = text
  }
}
