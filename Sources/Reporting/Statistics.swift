import Diagnostics

/// How often each rule reported, the most frequent first.
package struct Statistics: Sendable {
  struct Row: Encodable, Sendable {
    let rule: String
    let severity: String
    let count: Int
    /// How many of the findings have a fix.
    let fixable: Int
  }

  let rows: [Row]

  package init(of report: Report) {
    let groups = Dictionary(grouping: report.all) {
      Group(rule: $0.id, severity: $0.severity)
    }
    rows = groups.sorted { a, b in
      if a.value.count != b.value.count { return a.value.count > b.value.count }
      if a.key.rule != b.key.rule { return a.key.rule < b.key.rule }
      return a.key.severity > b.key.severity
    }.map { group, findings in
      Row(
        rule: group.rule.description, severity: group.severity.rawValue, count: findings.count,
        fixable: findings.count { !report.visibleFixes(of: $0).isEmpty })
    }
  }

  private struct Group: Hashable {
    let rule: Diagnostic.ID
    let severity: Severity
  }
}

extension Statistics {
  /// A line for each rule; empty when there is none.
  var text: String {
    let width = rows.map { String($0.count).utf8.count }.max() ?? 0
    return rows.map { row in
      let count = String(row.count)
      let fixable = row.fixable == 0 ? "" : " (\(row.fixable) fixable)"
      return String(repeating: " ", count: width - count.utf8.count) + count + "  "
        + row.severity + String(repeating: " ", count: 9 - row.severity.utf8.count)
        + row.rule + fixable + "\n"
    }.joined()
  }

  var json: String { JSONText.of(rows) }
}
