import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let archiveCommandMissing = LintRule(
    "archive-command-missing", .error, .durability,
    summary: "Finds archive_mode without a command or library that archives.",
    rationale: """
      The server keeps every segment until it is archived. With nothing to archive it, WAL piles \
      up until the disk is full and the primary stops.
      """,
    bad: [
      """
      settings: {archive_mode: ▸on◂}
      """,
      """
      settings: {archive_mode: ▸on◂, archive_command: ''}
      """,
    ],
    good: [
      "archive: {volume: wal-archive, keep: 7d}",
      """
      settings: {max_slot_wal_keep_size: 4GB, archive_mode: on, archive_library: basic_archive}
      """,
    ]
  ) { topology, findings in
    for node in topology.nodes {
      guard node.archivesWAL, !node.settings["archive_command"].isGiven,
        !node.settings["archive_library"].isGiven,
        let range = node.settings["archive_mode"].range
      else { continue }
      findings.report(
        .notConfigured, at: range,
        hint:
          "Write \"archive: {volume: wal-archive, keep: 7d}\" and remove the setting, or write an archive_command too."
      )
    }
  }
}

extension Diagnostic.Message {
  /// In the archiver's words (pgarch.c).
  fileprivate static let notConfigured: Self =
    "\"archive_mode\" enabled, yet archiving is not configured"
}
