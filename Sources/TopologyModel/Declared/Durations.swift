import Diagnostics
import SchemaCoding

/// A duration as Compose reads it (Compose specification, "Specifying durations").
enum ComposeDuration {
  private static let units: [(name: String, microseconds: Int)] = [
    ("us", 1), ("ms", 1_000), ("s", 1_000_000), ("m", 60_000_000), ("h", 3_600_000_000),
  ]

  /// Nil if the text is not a duration. A duration too long for an integer becomes the
  /// longest that fits.
  static func microseconds(_ text: String) -> Int? {
    var rest = text.utf8[...]
    guard !rest.isEmpty else { return nil }
    var sum = 0
    while !rest.isEmpty {
      let digits = rest.prefix { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      rest = rest.dropFirst(digits.count)
      guard !digits.isEmpty, let unit = units.first(where: { rest.starts(with: $0.name.utf8) })
      else { return nil }
      rest = rest.dropFirst(unit.name.utf8.count)
      let count = Int(Substring(digits)) ?? .max
      let (part, isTooLong) = count.multipliedReportingOverflow(by: unit.microseconds)
      let (total, isTooMuch) = sum.addingReportingOverflow(isTooLong ? .max : part)
      sum = isTooMuch ? .max : total
    }
    return sum
  }
}

extension Schema<String> {
  /// A time of a health check. The engine refuses less than a millisecond, and takes zero for
  /// its own default; Compose refuses more nanoseconds than fit into 64 bits.
  static func composeDuration(orZero allowsZero: Bool = false) -> Schema {
    .parsed(pattern: "^([0-9]+(us|ms|s|m|h))+$") { text throws(ValueError) in
      guard let microseconds = ComposeDuration.microseconds(text) else {
        throw ValueError(
          "invalid duration \(value: text)",
          hint: text.isEmpty
            ? "Write a number and a unit, such as 2s."
            : "Write a number and a unit, such as 2s or 1m30s.")
      }
      guard (1_000...Int.max / 1_000).contains(microseconds) || allowsZero && microseconds == 0
      else {
        throw ValueError(
          "\(value: text) is outside the valid range (1ms .. 2562047h)", id: "out-of-range",
          hint: "Write a number and a unit, such as 2s or 1m30s.")
      }
      return text
    }
  }
}

/// A duration of whole days or hours, such as 7d or 36h.
package struct WholeHours: Hashable, Sendable, CustomStringConvertible {
  package let hours: Int
  /// As written.
  package let description: String

  package var minutes: Int { hours * 60 }

  /// A hundred years, so that no script's arithmetic overflows.
  fileprivate static let maximum = 100 * 366 * 24
}

extension Schema<WholeHours> {
  static var wholeHours: Schema {
    .parsed(pattern: "^[1-9][0-9]{0,5}[dh]$") { text throws(ValueError) in
      let invalid = ValueError(
        "invalid duration \(value: text)",
        hint: "Write whole days or hours, such as 7d or 36h.")
      let digits = text.utf8.dropLast()
      let isNumber =
        (1...6).contains(digits.count) && digits.first != UInt8(ascii: "0")
        && digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
      guard isNumber, let number = Int(Substring(digits)) else { throw invalid }
      let hours: Int
      switch text.utf8.last {
      case UInt8(ascii: "d"): hours = number * 24
      case UInt8(ascii: "h"): hours = number
      default: throw invalid
      }
      guard hours <= WholeHours.maximum else {
        throw ValueError(
          "\(value: text) is longer than a hundred years", id: "out-of-range",
          hint: "Leave the key out to keep everything.")
      }
      return WholeHours(hours: hours, description: text)
    }
  }
}
