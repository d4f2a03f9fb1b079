import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let archiveCommandRelative = LintRule(
    "archive-command-relative", .warning, .durability,
    summary: "Finds archive commands with paths relative to the data directory.",
    rationale: """
      The server runs the command in its data directory. A program that is not there ends with \
      status 127, and a folder that is there is part of every base backup. Failures are repeated \
      for ever while WAL piles up.
      """,
    bad: [
      """
      settings: {archive_mode: on, archive_command: ▸'scripts/archive.sh %p %f'◂}
      """,
      """
      settings: {archive_mode: on, archive_command: ▸'test ! -f archive/%f && cp %p archive/%f'◂}
      """,
    ],
    good: [
      """
      settings: {archive_mode: on, archive_command: '/usr/bin/pgbackrest --stanza=demo archive-push %p', max_slot_wal_keep_size: 4GB}
      """,
      """
      settings: {archive_mode: on, archive_command: 'mc cp %p store/wal/%f', max_slot_wal_keep_size: 4GB}
      """,
    ]
  ) { topology, findings in
    for command in topology.archiveCommands {
      let simple = ShellCommand(command.value).simple
      let programs = simple.compactMap(\.words.first).filter { $0.contains("/") }
      let relative = (programs + simple.flatMap(\.targets)).first { path in
        path.contains("/") && !"/$~%`".contains(path.first ?? "/") && !path.contains(":")
      }
      guard let relative else { continue }
      findings.report(
        .relative(relative), at: command.range,
        hint: "Write an absolute path of the container, such as \(value: "/\(relative)").")
    }
  }
}

extension ResolvedTopology {
  /// The author's commands that archive segments.
  var archiveCommands: [Located<String>] {
    nodes.compactMap { node in
      guard node.archivesWAL, !node.settings["archive_library"].isGiven, archive == nil,
        let range = node.settings["archive_command"].range
      else { return nil }
      return Located(node.settings["archive_command"].text, at: range)
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func relative(_ path: String) -> Self {
    "\(name: path) is looked for in the data directory"
  }
}
