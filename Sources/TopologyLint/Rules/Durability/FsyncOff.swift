import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let fsyncOff = LintRule(
    "fsync-off", .error, .durability,
    summary: "Finds servers that may lose their data in a crash of the machine.",
    rationale: """
      With fsync off, or full_page_writes off, a crash of the machine can leave files that no \
      recovery puts right again, and replicas do not notice. For data that nobody needs, allow \
      this rule.
      """,
    bad: [
      """
      settings: {fsync: ▸off◂, full_page_writes: ▸no◂}
      """
    ],
    good: [
      """
      settings: {fsync: on, synchronous_commit: local, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for server in topology.servers {
      for name in ["fsync", "full_page_writes"] where server[name].isOn == false {
        guard let range = server[name].range else { continue }
        findings.report(
          .off(name), at: range, hint: "Write \(keyword: "\(name): on"), or remove it.",
          fixes: [Fix("Write \"on\".", .unsafe, replacing: range, with: "on")])
      }
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func off(_ name: String) -> Self {
    "a crash may corrupt the data: \(text: name) is off"
  }
}
