import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let settingWithoutUnit = LintRule(
    "setting-without-unit", .note, .settings,
    summary: "Finds sizes and durations without a unit.",
    rationale: """
      A number without a unit counts what the setting is measured in: megabytes, blocks of 8kB, \
      milliseconds or minutes. "wal_keep_size: 16" is 16MB and not 16 segments, and \
      "shared_buffers: 256" is 2MB.
      """,
    bad: [
      """
      settings: {wal_keep_size: ▸16◂, shared_buffers: ▸"16384"◂, checkpoint_timeout: ▸900◂}
      """
    ],
    good: [
      """
      settings:
        wal_keep_size: 16MB
        wal_receiver_timeout: 0
        max_slot_wal_keep_size: 4GB
        max_wal_senders: 10
      """
    ]
  ) { topology, findings in
    for (_, setting, place) in topology.judgedSettings {
      guard case .taken(let value) = setting.verdict, let definition = setting.definition,
        let unit = definition.unit, setting.text.isPlainNumber, value.text == setting.text,
        let text = unit.shown(value.text)
      else { continue }
      findings.report(
        .noUnit(setting.name, text), at: place.value,
        hint: "Write \(value: "\(setting.name): \(text)").",
        fixes: [Fix("Write \(name: text).", .safe, replacing: place.value, with: text)])
    }
  }
}

extension String {
  /// Decimal digits without a prefix of another base, other than zero.
  fileprivate var isPlainNumber: Bool {
    utf8.first != UInt8(ascii: "0") && !isEmpty
      && utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
  }
}

extension SettingUnit {
  /// As `SHOW` prints it: in the largest unit that needs no fraction
  /// (`convert_int_from_base_unit` in guc.c).
  fileprivate func shown(_ digits: String) -> String? {
    guard let number = Double(digits) else { return nil }
    return writable.lazy.compactMap { name, size in
      let count = number / size
      return count >= 1 && count == count.rounded() ? "\(Int(count))\(name)" : nil
    }.first
  }
}

extension Diagnostic.Message {
  fileprivate static func noUnit(_ name: String, _ text: String) -> Self {
    "\(name: name) has no unit: it is \(text: text)"
  }
}
