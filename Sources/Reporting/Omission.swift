import Diagnostics
import SourceText

/// The findings of one rule in one file that are counted and not printed.
///
/// Nobody reads the second thousand, and a file of megabytes may have a million.
struct Omission: Sendable {
  let file: SourceFile.ID
  let rule: Diagnostic.ID
  private(set) var count: Int

  /// The first findings of each rule and file, and what is left out, in the order in which it
  /// begins.
  ///
  /// - Parameter limit: How many; 0 for all.
  static func limited(
    _ diagnostics: [Diagnostic], to limit: Int
  ) -> (printed: [Diagnostic], omissions: [Omission]) {
    guard limit > 0, diagnostics.count > limit else { return (diagnostics, []) }
    var counts: [Group: Int] = [:]
    var places: [Group: Int] = [:]
    var omissions: [Omission] = []
    let printed = diagnostics.filter { diagnostic in
      let group = Group(file: diagnostic.range.file, rule: diagnostic.id)
      counts[group, default: 0] += 1
      if counts[group, default: 0] <= limit { return true }
      if let place = places[group] {
        omissions[place].count += 1
      } else {
        places[group] = omissions.count
        omissions.append(Omission(file: group.file, rule: group.rule, count: 1))
      }
      return false
    }
    return (printed, omissions)
  }

  private struct Group: Hashable {
    let file: SourceFile.ID
    let rule: Diagnostic.ID
  }

  /// `topology.yml: 12 more findings of "unknown-key" were not printed`
  func text(in report: Report) -> String {
    let message: Diagnostic.Message =
      count == 1
      ? "1 more finding of \(keyword: rule) was not printed"
      : "\(count) more findings of \(keyword: rule) were not printed"
    return "\(path(in: report)): \(message)"
  }

  /// Safe for a terminal.
  func path(in report: Report) -> String {
    report.file(at: SourceRange(0..<0, in: file)).path
  }
}
