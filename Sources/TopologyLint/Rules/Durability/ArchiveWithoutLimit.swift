import Diagnostics
import TopologyModel

extension LintRule {
  static let archiveWithoutLimit = LintRule(
    "archive-without-limit", .note, .durability,
    summary: "Finds WAL archives that grow for ever.",
    rationale: """
      Every finished segment of 16 MB goes into the archive, and without "keep" none ever leaves \
      it. Once its disk is full the primary cannot archive, keeps its own segments, and stops when \
      its own disk is full, too. "keep" removes what is older. It must be longer than a replica may \
      be away; a backup from which you want to recover needs every segment since.
      """,
    bad: [
      """
      archive: {volume: ▸wal-archive◂}
      """,
      """
      archive: {path: ▸./wal◂}
      """,
    ],
    good: [
      """
      archive: {volume: wal-archive, keep: 7d}
      """
    ]
  ) { topology, findings in
    guard let archive = topology.archive, archive.keep == nil else { return }
    findings.report(
      .growsForEver, at: archive.placeRange,
      hint: "Write \"keep: 7d\" beside it, or how long a replica may be away.")
  }
}

extension Diagnostic.Message {
  fileprivate static let growsForEver: Self = "nothing is ever removed from the WAL archive"
}
