/// How a server judges a configuration file.
package struct ConfVerdict: Hashable, Sendable {
  /// The occasion on which a file is judged.
  package enum Occasion: Hashable, Sendable {
    /// A server starts with it.
    case start
    /// A running server with these values is told to reload it.
    case reload(of: SettingValues)
    /// That server is asked for `pg_file_settings`; nothing is logged or changed.
    case view(of: SettingValues)
  }

  /// A row of `pg_file_settings`; its sequence number is its place among the rows, counted from 1.
  package struct Row: Hashable, Sendable {
    /// Has the name and the value if the line could be read.
    package let entry: ConfFile.Entry
    /// Whether this line determines the value of its setting.
    package internal(set) var isApplied: Bool
    package internal(set) var error: String?
  }

  /// Only the rows of `pg_file_settings`: in each file, up to the first syntax error.
  package let rows: [Row]
  /// The log messages, in order.
  package let messages: [ConfMessage]
  /// The values of the settings afterwards.
  package let values: SettingValues
  /// Whether the server starts, or applies every line of the file.
  package let isAccepted: Bool
}

extension ConfFile {
  /// How a server of a major judges the file.
  package func verdict(at occasion: ConfVerdict.Occasion, major: PostgresMajor) -> ConfVerdict {
    var judgement = ConfJudgement(of: self, at: occasion, major: major)
    judgement.judge()
    return judgement.verdict
  }
}
