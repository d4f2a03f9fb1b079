/// A major version of PostgreSQL, such as 17.
package struct PostgresMajor: Hashable, Sendable {
  /// 17 of 17.6.
  package let number: Int
  /// Any number can be made; whether it is known is `isSupported`.
  package init(_ number: Int) { self.number = number }

  /// The majors whose facts this package knows.
  package static let supported: ClosedRange<PostgresMajor> = 14...19
  /// Whether this is one of them.
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
