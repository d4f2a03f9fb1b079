import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let archiveCommandDiscardsWAL = LintRule(
    "archive-command-discards-wal", .warning, .durability,
    summary: "Finds archive commands that do not read the segment they are to archive.",
    rationale: """
      PostgreSQL puts the segment's path in the place of %p. A command without it, such as \
      /bin/date, succeeds and stores nothing: the server takes every segment for archived and \
      removes it, and there is no archive to recover from.
      """,
    bad: [
      """
      settings: {archive_mode: on, archive_command: ▸/bin/date◂}
      """,
      """
      settings: {archive_mode: always, archive_command: ▸'echo %%p %f'◂}
      """,
    ],
    good: [
      """
      settings: {max_slot_wal_keep_size: 4GB, archive_mode: on, archive_command: 'test ! -f /mnt/wal/%f && cp %p /mnt/wal/%f'}
      """,
      """
      settings: {max_slot_wal_keep_size: 4GB, archive_mode: off, archive_command: /bin/date}
      """,
    ]
  ) { topology, findings in
    for node in topology.nodes {
      guard node.archivesWAL, !node.settings["archive_library"].isGiven,
        let range = node.settings["archive_command"].range,
        node.settings["archive_command"].isGiven,
        !node.settings["archive_command"].text.hasPathPlaceholder
      else { continue }
      findings.report(
        .discards, at: range,
        hint:
          "Write \"archive: {volume: wal-archive, keep: 7d}\" and remove this, or a command that copies %p; or turn archive_mode off."
      )
    }
  }
}

extension ResolvedNode {
  /// Whether archive_mode is on or always.
  var archivesWAL: Bool { ["on", "always"].contains(settings["archive_mode"].choice) }
}

extension String {
  /// Whether %p is in the command; %% stands for a percent sign.
  fileprivate var hasPathPlaceholder: Bool {
    var bytes = utf8[...]
    while let percent = bytes.firstIndex(of: UInt8(ascii: "%")) {
      bytes = bytes[bytes.index(after: percent)...]
      if bytes.popFirst() == UInt8(ascii: "p") { return true }
    }
    return false
  }
}

extension Diagnostic.Message {
  fileprivate static let discards: Self = "the archive command stores no WAL: it has no %p"
}
