/// What a server makes of a configuration file.
package struct ConfVerdict: Hashable, Sendable {
  /// When a file is judged.
  package enum Occasion: Hashable, Sendable {
    /// A server starts with it.
    case start
    /// A server that has these values is told to read it again.
    case reload(of: SettingValues)
    /// The same server is asked for `pg_file_settings`; nothing is logged or changed.
    case view(of: SettingValues)
  }

  /// A row of `pg_file_settings`; its sequence number is its place among the rows.
  package struct Row: Hashable, Sendable {
    /// Has the name and the value when the line could be read.
    package let entry: ConfFile.Entry
    /// Whether this line decides the value of its setting.
    package internal(set) var isApplied: Bool
    package internal(set) var error: String?
  }

  /// Only those that `pg_file_settings` has: in each file, up to the first syntax error.
  package let rows: [Row]
  /// The log, in its order.
  package let messages: [ConfMessage]
  /// What the settings are afterwards.
  package let values: SettingValues
  /// Whether the server comes up, or takes every line of it.
  package let isAccepted: Bool
}

extension ConfFile {
  /// What a server of a major makes of the file.
  package func verdict(at occasion: ConfVerdict.Occasion, major: PostgresMajor) -> ConfVerdict {
    var judgement = ConfJudgement(of: self, at: occasion, major: major)
    judgement.judge()
    return judgement.verdict
  }
}
