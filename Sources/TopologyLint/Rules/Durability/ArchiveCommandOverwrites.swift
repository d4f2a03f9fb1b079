import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let archiveCommandOverwrites = LintRule(
    "archive-command-overwrites", .note, .durability,
    summary: "Finds archive commands that may write over an archived segment.",
    rationale: """
      Two servers that archive to one place by mistake write over each other's segments, and the \
      archive is worthless. The command should fail when the file is there already (manual, \
      "Setting Up WAL Archiving").
      """,
    bad: [
      """
      settings: {archive_mode: on, archive_command: ▸'cp %p /mnt/wal/%f'◂}
      """,
      """
      settings: {archive_mode: on, archive_command: ▸'gzip < %p > /mnt/wal/%f.gz'◂}
      """,
    ],
    good: [
      """
      settings: {archive_mode: on, archive_command: 'test ! -f /mnt/wal/%f && cp %p /mnt/wal/%f', max_slot_wal_keep_size: 4GB}
      """,
      """
      settings: {archive_mode: on, archive_command: 'cp -n %p /mnt/wal/%f', max_slot_wal_keep_size: 4GB}
      """,
    ]
  ) { topology, findings in
    for command in topology.archiveCommands {
      let simple = ShellCommand(command.value).simple
      let isGuarded = simple.contains(where: \.isGuard)
      guard !isGuarded, let target = simple.flatMap(\.targets).first else { continue }
      let safer = "test ! -f \(target) && \(command.value)"
      let isSimple = simple.count == 1 && !target.contains(" ") && !command.value.contains("\n")
      findings.report(
        .overwrites(target), at: command.range,
        hint: isSimple
          ? "Write \(text: HintText.flow(safer))."
          : "Begin with \(value: "test ! -f \(target) &&").",
        fixes: isSimple
          ? [
            Fix(
              "Fail where the file exists.", .unsafe, replacing: command.range,
              with: HintText.flow(safer))
          ] : [])
    }
  }
}

extension ShellCommand.Simple {
  /// Whether the command checks for the file, or refuses to overwrite it.
  fileprivate var isGuard: Bool {
    if ["test", "[", "[[", "cmp", "ln"].contains(program) { return true }
    if program == "set" { return words.contains("-C") || words.contains("noclobber") }
    return words.contains { ["-n", "--no-clobber", "--ignore-existing"].contains($0) }
  }
}

extension Diagnostic.Message {
  fileprivate static func overwrites(_ target: String) -> Self {
    "the archive command writes over \(name: target) when it exists"
  }
}
