/// A major version of PostgreSQL, such as 17.
package struct PostgresMajor: Hashable, Sendable {
  package let number: Int
  package init(_ number: Int) { self.number = number }

  /// The majors whose facts this package knows.
  package static let supported: ClosedRange<PostgresMajor> = 14...19
  package var isSupported: Bool { Self.supported.contains(self) }
}

extension PostgresMajor: Comparable {
  package static func < (a: PostgresMajor, b: PostgresMajor) -> Bool { a.number < b.number }
}

extension PostgresMajor: ExpressibleByIntegerLiteral {
  package init(integerLiteral number: Int) { self.init(number) }
}

extension PostgresMajor: CustomStringConvertible {
  package var description: String { String(number) }
}
