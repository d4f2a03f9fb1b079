import Diagnostics
import SourceText
import TopologyModel

extension LintRule {
  static let hotStandbyOff = LintRule(
    "hot-standby-off", .warning, .replication,
    summary: "Finds replicas that cannot be read.",
    rationale: """
      With hot_standby off a replica takes no connections before it is promoted. Nothing can be \
      read from it, and its health check never succeeds.
      """,
    bad: [
      """
      settings: {hot_standby: ▸off◂}
      """
    ],
    good: [
      """
      settings: {hot_standby: on, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for node in topology.replicas where node.settings["hot_standby"].isOn == false {
      guard let range = node.settings["hot_standby"].range else { continue }
      findings.report(
        .off, at: range,
        hint: "Write \"hot_standby: on\", or remove it.",
        fixes: [Fix("Write \"on\".", .unsafe, replacing: range, with: "on")])
    }
  }
}

extension Diagnostic.Message {
  fileprivate static let off: Self = "replicas cannot be read: hot_standby is off"
}
