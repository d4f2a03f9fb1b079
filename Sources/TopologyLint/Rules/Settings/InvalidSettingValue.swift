import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let invalidSettingValue = LintRule(
    "invalid-setting-value", .error, .settings,
    summary: "Finds values that PostgreSQL refuses.",
    rationale: """
      A server with an invalid value in postgresql.conf does not start. Each value is judged as \
      the major of its node does: type, unit, range, and the words of a list. Units are \
      case-sensitive. In synchronous_standby_names a name with other characters than letters, \
      digits, "_" and "$" needs double quotes, hyphens above all, besides the quotes of YAML.
      """,
    bad: [
      """
      settings: {shared_buffers: ▸"12 parsecs"◂, work_mem: ▸16mb◂, wal_level: ▸logicl◂}
      """,
      """
      settings: {max_connections: ▸300000◂, hot_standby: ▸maybe◂, min_wal_size: ▸16MB◂}
      """,
      """
      settings: {recovery_target_name: before, recovery_target_xid: ▸"7"◂}
      """,
      """
      settings: {synchronous_standby_names: ▸replica-1◂}
      """,
      """
      settings: {synchronous_standby_names: ▸'ANY 0 (replica)'◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica-1: {role: replica, ip: 172.22.0.101}
        replica-2: {role: replica, ip: 172.22.0.102}
      settings:
        synchronous_standby_names: '"replica-1", "replica-2"'
        shared_buffers: 1GB
        wal_level: logical
        max_slot_wal_keep_size: 4GB
      """
    ]
  ) { topology, findings in
    for (_, setting, place) in topology.judgedSettings {
      if case .refused(let error) = setting.verdict {
        findings.report(
          .refused(error), at: place.value, hint: setting.advice(error),
          fixes: [Fix(correcting: setting, at: place)].compactMap { $0 })
      }
    }
    for server in topology.servers {
      for problem in server.startProblems {
        for setting in problem.names.map({ server[$0] }) where setting.owner?.isExclusive != true {
          guard let range = setting.range, let hint = problem.advice(on: setting) else { continue }
          findings.report(.refused(problem), at: range, hint: hint)
        }
      }
    }
  }
}

extension ServedSetting {
  /// What to write, in full sentences.
  fileprivate func advice(_ error: SettingValueError) -> Diagnostic.Message {
    if name == "synchronous_standby_names" {
      return
        (hasBadCount ? "Write a number above zero" : "Write each name between two double quotes")
        + ", as in synchronous_standby_names: 'ANY 1 (\"replica-1\", \"replica-2\")'."
    }
    switch definition?.kind {
    case .bool: return "Write \"on\" or \"off\"."
    case .choice, .string, nil:
      return error.hint.map { "\(text: $0)" }
        ?? "See \(name: "pgtopo settings \(name)") for the values that it takes."
    case .integer(let range, let unit):
      let isUnit = unit.map { $0.hint == error.hint } ?? false
      return isUnit
        ? "\(text: error.hint ?? "")"
        : "Write a number from \(text: range.lowerBound) to \(text: range.upperBound)\(unit.inWords)."
    case .real(let range, let unit):
      let isUnit = unit.map { $0.hint == error.hint } ?? false
      return isUnit
        ? "\(text: error.hint ?? "")"
        : "Write a number from \(text: range.lowerBound) to \(text: range.upperBound)\(unit.inWords)."
    }
  }
}

extension ServedSetting {
  /// Whether a list of synchronous names is refused because of the number before it.
  private var hasBadCount: Bool {
    do throws(SynchronousStandbyNames.ParseError) {
      _ = try SynchronousStandbyNames(text)
      return false
    } catch {
      if case .countNotPositive = error { return true }
      return false
    }
  }
}

extension SettingStartProblem {
  /// What to write, for problems with a single value; nil for the others.
  fileprivate func advice(on setting: ServedSetting) -> Diagnostic.Message? {
    switch subject {
    case .walSize: "Write 32MB or more: two segments of 16MB."
    case .recoveryTarget where names.first != setting.name:
      "Write only one of the recovery targets, or empty ones."
    case .recoveryTarget, .connections, .walLevel: nil
    }
  }
}

extension SettingUnit? {
  /// What a number without a unit counts.
  fileprivate var inWords: Diagnostic.Message {
    map { ", counted in \(text: $0.rawValue)" } ?? ", without a unit"
  }
}

extension Fix {
  /// The value that was probably meant: with a unit in another case, or a misspelt word corrected.
  fileprivate init?(correcting setting: ServedSetting, at place: ServedSetting.Place) {
    let text = setting.text
    switch setting.definition?.kind {
    case .integer(_, let unit?), .real(_, let unit?):
      let number = text.prefix { "0123456789.".contains($0) }
      let word = text.dropFirst(number.count)
      guard !number.isEmpty,
        let right = unit.writable.map(\.name).first(where: {
          $0.lowercased() == word.lowercased() && $0 != word
        })
      else { return nil }
      // The server knows no such unit, and exactly one differs only by case.
      self.init(
        "Write \(value: "\(number)\(right)").", .safe, replacing: place.value,
        with: "\(number)\(right)")
    case .choice(let values):
      guard let value = NearestName.of(text, among: values, within: 2) else { return nil }
      self.init(
        "Write \(name: value).", .unsafe, replacing: place.value, with: HintText.flow(value))
    default: return nil
    }
  }
}

extension Diagnostic.Message {
  /// The server's own sentence, its detail after the colon.
  fileprivate static func refused(_ error: SettingValueError) -> Self {
    let detail = error.detail ?? error.warning
    return "\(text: (error.message + (detail.map { ": " + $0 } ?? "")).asFact)"
  }

  fileprivate static func refused(_ problem: SettingStartProblem) -> Self {
    "\(text: problem.text)"
  }
}

extension String {
  /// Without a full stop.
  fileprivate var asFact: String { hasSuffix(".") ? String(dropLast()) : self }
}
