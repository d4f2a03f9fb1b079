/// What was known of PostgreSQL's releases when this pgtopo was made. Nothing here looks at
/// a clock: the same file is judged alike on every day.
package enum PostgresReleases {
  /// A day of the calendar.
  package struct Day: Hashable, Sendable, Comparable, CustomStringConvertible {
    package let year: Int
    package let month: Int
    package let day: Int

    package init(_ year: Int, _ month: Int, _ day: Int) {
      (self.year, self.month, self.day) = (year, month, day)
    }

    package static func < (a: Day, b: Day) -> Bool {
      (a.year, a.month, a.day) < (b.year, b.month, b.day)
    }

    package var description: String {
      "\(year)-\(month < 10 ? "0" : "")\(month)-\(day < 10 ? "0" : "")\(day)"
    }
  }

  /// The day as of which the tables below were right.
  package static let asOf = Day(2026, 11, 24)

  /// The day of a major's final release, after which no fault of it is mended
  /// (https://www.postgresql.org/support/versioning/). Nil where none is announced.
  package static func endOfLife(of major: PostgresMajor) -> Day? { endsOfLife[major] }

  /// Whether the major had its final release.
  package static func isEndOfLife(_ major: PostgresMajor) -> Bool {
    endOfLife(of: major).map { $0 <= asOf } ?? false
  }

  /// The newest minor release that is known: there may be a newer one. Nil of majors without
  /// a release.
  package static func newestMinor(of major: PostgresMajor) -> Int? { newestMinors[major] }

  /// The newest major that has a release.
  package static let newestMajor: PostgresMajor = 18

  private static let endsOfLife: [PostgresMajor: Day] = [
    14: Day(2026, 11, 12), 15: Day(2027, 11, 11), 16: Day(2028, 11, 9), 17: Day(2029, 11, 8),
    18: Day(2030, 11, 14),
  ]

  /// Of 15, 17 and 18 the packages of Debian and of the PostgreSQL project's own Debian
  /// archive on that day, of 14 and 16 the newest releases that were seen.
  private static let newestMinors: [PostgresMajor: Int] = [14: 23, 15: 20, 16: 14, 17: 11, 18: 6]
}
