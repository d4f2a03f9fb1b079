/// Facts about one major, as of the date of this release. Nothing here looks at a clock, so
/// the same file is judged the same on every day.
struct MajorRecord {
  let major: PostgresMajor
  /// Nil before the first release, when there are at most release candidates.
  let newestMinor: Int?
  /// The day of the final release, after which no bugs are fixed
  /// (https://www.postgresql.org/support/versioning/). Nil if none is announced.
  let endOfLife: Day?

  private init(_ major: PostgresMajor, newestMinor: Int?, endOfLife: Day?) {
    (self.major, self.newestMinor, self.endOfLife) = (major, newestMinor, endOfLife)
  }

  /// The day as of which the records are right.
  static let asOf = Day(2026, 11, 24)

  /// Every supported major, oldest first, without a gap.
  ///
  /// The minors of 15, 17 and 18 are those of the packages of Debian and of the PostgreSQL
  /// project's own Debian archive on that day; those of 14 and 16 are the newest that were seen.
  static let all = [
    MajorRecord(14, newestMinor: 23, endOfLife: Day(2026, 11, 12)),
    MajorRecord(15, newestMinor: 20, endOfLife: Day(2027, 11, 11)),
    MajorRecord(16, newestMinor: 14, endOfLife: Day(2028, 11, 9)),
    MajorRecord(17, newestMinor: 11, endOfLife: Day(2029, 11, 8)),
    MajorRecord(18, newestMinor: 6, endOfLife: Day(2030, 11, 14)),
    MajorRecord(19, newestMinor: nil, endOfLife: nil),
  ]
}

extension PostgresMajor {
  /// The majors whose facts this package knows, oldest first.
  package static let allSupported = MajorRecord.all.map(\.major)
  /// The same as a range: it has no gaps, so a major between two others is supported, too.
  package static let supported = allSupported[0]...allSupported[allSupported.count - 1]
  /// The newest of them that has been released.
  package static let newestReleased =
    MajorRecord.all.last { $0.newestMinor != nil }?.major ?? supported.upperBound

  private var record: MajorRecord? { MajorRecord.all.first { $0.major == self } }

  /// The day of its final release; nil if none is announced.
  package var endOfLife: Day? { record?.endOfLife }
  /// Whether it has had its final release.
  package var isEndOfLife: Bool { endOfLife.map { $0 <= MajorRecord.asOf } ?? false }
  /// The newest known minor release; there may be a newer one. Nil for majors without a release.
  package var newestMinor: Int? { record?.newestMinor }

  /// A regular expression for the numbers of the supported majors, such as `1[4-9]`.
  package static var supportedPattern: String { pattern(of: allSupported.map(\.number)) }

  /// - Parameter numbers: Numbers with two digits, without a gap.
  static func pattern(of numbers: [Int]) -> String {
    let tens = Dictionary(grouping: numbers) { $0 / 10 }
    return tens.sorted { $0.key < $1.key }.map { ten, numbers in
      let digits = numbers.map { $0 % 10 }
      return digits.count == 1
        ? "\(ten)\(digits[0])" : "\(ten)[\(digits[0])-\(digits[digits.count - 1])]"
    }.joined(separator: "|")
  }
}

/// A calendar day.
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
