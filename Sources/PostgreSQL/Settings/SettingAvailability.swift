import SourceText

/// Which majors have a setting, and what to use where it was removed.
package struct SettingAvailability: Hashable, Sendable {
  /// Runs of majors among the supported ones, oldest first; empty if none has it.
  package let majors: [ClosedRange<PostgresMajor>]
  /// The first major without it, if it was removed.
  package let goneSince: PostgresMajor?
  /// What to write or do instead, as a full sentence; nil if nothing replaces it.
  package let replacement: String?
  /// The setting that replaced it, if its value can be computed.
  package let successor: SettingRecord.Successor?
  /// Whether minor releases, or a packager's patch, added it to majors that did not have it
  /// at first: a server without it may be as good as one with it.
  package let dependsOnRelease: Bool

  /// Nil for a name that no major ever had.
  package init?(of name: String) {
    let key = name.asciiLowercased
    let majors = SettingTableReader.runs(of: key).map(\.majors)
    let record = SettingRecord.of(key)
    guard !majors.isEmpty || record?.goneSince != nil else { return nil }
    self.majors = majors.reduce(into: []) { joined, next in
      if let last = joined.last, last.upperBound.number + 1 == next.lowerBound.number {
        joined[joined.count - 1] = last.lowerBound...next.upperBound
      } else {
        joined.append(next)
      }
    }
    let newest = PostgresMajor.supported.upperBound
    let afterLast = majors.last.map { PostgresMajor($0.upperBound.number + 1) }
    goneSince = afterLast.map { $0 <= newest ? $0 : nil } ?? record?.goneSince
    (replacement, successor) = (record?.instead, record?.successor)
    dependsOnRelease = record?.dependsOnRelease ?? false
  }

  /// The first supported major that has it; nil if the oldest has it, or if none does.
  package var since: PostgresMajor? {
    majors.first.flatMap {
      $0.lowerBound > PostgresMajor.supported.lowerBound ? $0.lowerBound : nil
    }
  }

  package func includes(_ major: PostgresMajor) -> Bool {
    majors.contains { $0.contains(major) }
  }
}
