/// A major version of PostgreSQL, such as 17.
package struct PostgresMajor: Hashable, Sendable {
  /// For example 17 of 17.6.
  package let number: Int
  /// Any number is accepted; `isSupported` tells whether it is known.
  package init(_ number: Int) { self.number = number }

  /// Whether `Majors.swift` has a record of it.
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

// Facts that several files use. A fact that only one file needs is a comparison there.
extension PostgresMajor {
  /// Since this major, a word in pg_hba.conf that begins with a slash is a regular expression.
  package static let firstWithHBARegexes: PostgresMajor = 16
  /// The first major with the method oauth.
  package static let firstWithOAuth: PostgresMajor = 18

  var readsHBARegexes: Bool { self >= Self.firstWithHBARegexes }
  /// Whether initdb enables page checksums by default.
  package var hasChecksumsByDefault: Bool { self >= 18 }
  /// Whether messages put the names of settings in double quotes.
  var quotesSettingNames: Bool { self >= 17 }
  /// Whether messages use a setting's canonical name, however the file spells it.
  var namesSettingsCanonically: Bool { self >= 18 }
}
