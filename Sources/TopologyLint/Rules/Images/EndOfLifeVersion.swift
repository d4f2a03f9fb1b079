import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let endOfLifeVersion = LintRule(
    "end-of-life-version", .warning, .images,
    summary: "Finds majors of PostgreSQL that had their final release.",
    rationale: """
      A major gets minor releases for five years. Faults that are found after the last of them, \
      those that let attackers in included, stay. What counts is the day this pgtopo was made: \
      the same file is judged alike on every day.
      """,
    bad: [
      """
      postgres: {version: ▸14◂, image: postgres:14-bookworm}
      """
    ],
    good: ["postgres: {version: 15, image: postgres:15-bookworm}"]
  ) { topology, findings in
    guard topology.major.isEndOfLife,
      let end = topology.major.endOfLife
    else { return }
    let newest = PostgresMajor.newestReleased
    findings.report(
      .ended(topology.major, end), at: topology.version.range,
      hint: "Upgrade to PostgreSQL \(newest), which has releases until "
        + "\(text: newest.endOfLife?.description ?? "later"); the data has to be "
        + "dumped and restored, or upgraded with pg_upgrade.")
  }
}

extension Diagnostic.Message {
  fileprivate static func ended(_ major: PostgresMajor, _ end: Day) -> Self {
    "version \(major) had its final release on \(text: end)"
  }
}
