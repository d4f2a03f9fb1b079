import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let removedSetting = LintRule(
    "removed-setting", .error, .settings,
    summary: "Finds settings that an earlier major removed.",
    rationale: """
      A server does not start with a setting that its major has no more. Configurations that are \
      copied from older servers and older books hold them.
      """,
    bad: [
      """
      settings: {▸wal_keep_segments◂: 32}
      """,
      """
      postgres: {version: 16, image: postgres:16-bookworm}
      settings: {▸force_parallel_mode◂: off, ▸promote_trigger_file◂: /tmp/promote}
      """,
    ],
    good: [
      """
      postgres: {version: 15, image: postgres:15-bookworm}
      settings: {force_parallel_mode: off, wal_keep_size: 512MB, max_slot_wal_keep_size: 4GB}
      """
    ]
  ) { topology, findings in
    for (_, setting, place) in topology.judgedSettings {
      guard case .removed(let availability, let gone) = setting.verdict else { continue }
      findings.report(
        .removed(setting.name, gone), at: place.name,
        hint: availability.replacement.map { "\(text: $0)" }
          ?? "Remove it: nothing takes its place.",
        fixes: [Fix(replacing: setting, at: place, with: availability.successor)].compactMap { $0 })
    }
  }
}

extension Fix {
  /// The same setting under its new name, if there is one.
  fileprivate init?(
    replacing setting: ServedSetting, at place: ServedSetting.Place,
    with successor: SettingRecord.Successor?
  ) {
    switch successor {
    case .renamed(let name):
      self.init("Write \(keyword: name).", .safe, replacing: place.name, with: name)
    case .segments(let name):
      guard let count = Int(setting.text), (1...100_000).contains(count) else { return nil }
      // Segments may have been created with another size.
      self.init(
        "Write \(keyword: "\(name): \(count * 16)MB").", .unsafe,
        [
          TextEdit(place.name, name),
          TextEdit(place.value, "\(count * 16)MB"),
        ])
    case nil: return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func removed(_ name: String, _ major: PostgresMajor) -> Self {
    "setting \(name: name) was removed in PostgreSQL \(major)"
  }
}
