/// A connection string of keywords and values, such as `host=primary user=repuser`.
///
/// The order is kept, so that the same input gives the same bytes. The keywords are those
/// in "Parameter Key Words" of libpq's manual.
package struct Conninfo: Sendable {
  package internal(set) var parameters: [(keyword: String, value: String)]

  /// Takes keywords and values in the order in which they are written.
  package init(_ parameters: KeyValuePairs<String, String> = [:]) {
    self.parameters = parameters.map { (keyword: $0.key, value: $0.value) }
  }

  /// Adds a parameter at the end.
  package mutating func append(_ keyword: String, _ value: String) {
    parameters.append((keyword, value))
  }

  /// The value of a keyword.
  package subscript(_ keyword: String) -> String? {
    parameters.last { $0.keyword == keyword }?.value
  }
}

extension Conninfo: CustomStringConvertible {
  package var description: String {
    parameters.map { "\($0.keyword)=\(Quoting.conninfoValue($0.value))" }.joined(separator: " ")
  }
}
