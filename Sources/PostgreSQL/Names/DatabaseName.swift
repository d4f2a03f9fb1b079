/// The name of a database, exactly as the server stores it: case counts.
package struct DatabaseName: Hashable, Sendable, CustomStringConvertible {
  package let description: String

  /// Takes the name itself, unquoted.
  package init(_ text: String) throws(NameError) {
    try NameError.checkForRecords(text)
    description = text
  }
}
