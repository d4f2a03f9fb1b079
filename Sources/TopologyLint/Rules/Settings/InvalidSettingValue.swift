import Diagnostics
import PostgresConfig
import TopologyModel

extension LintRule {
  static let invalidSettingValue = LintRule(
    "invalid-setting-value", .error, .settings,
    summary: "Finds values that PostgreSQL refuses, so far of synchronous_standby_names.",
    rationale: """
      A server with an invalid value in postgresql.conf does not start. In \
      synchronous_standby_names a name with other characters than letters, digits, "_" and "$" \
      needs double quotes, hyphens above all, besides the quotes of YAML.
      """,
    bad: [
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
      settings: {synchronous_standby_names: '"replica-1", "replica-2"'}
      """
    ]
  ) { topology, findings in
    for setting in topology.writtenSettings
    where setting.name.value == "synchronous_standby_names" {
      do throws(SynchronousStandbyNames.ParseError) {
        _ = try SynchronousStandbyNames(setting.value.value)
      } catch {
        findings.report(
          .invalid(setting.name.value, error), at: setting.value.range,
          hint: error.advice
            + ", as in synchronous_standby_names: 'ANY 1 (\"replica-1\", \"replica-2\")'.")
      }
    }
  }
}

extension SynchronousStandbyNames.ParseError {
  fileprivate var advice: String {
    switch self {
    case .syntax, .unterminatedQuotedIdentifier: "Write each name between two double quotes"
    case .countNotPositive: "Write a number above zero"
    }
  }
}

extension Diagnostic.Message {
  /// The server's own sentence, its detail after the colon.
  fileprivate static func invalid(
    _ name: String, _ error: SynchronousStandbyNames.ParseError
  ) -> Self {
    "invalid value for parameter \"\(name)\": \(error.description.printable)"
  }
}
