/// Why a server does not accept a value, in its own words.
package struct SettingValueError: Error, Hashable, Sendable {
  /// The sentence in the log, without severity.
  package let message: String
  package let detail: String?
  package let hint: String?
  /// A log message before that sentence, in releases where a check complained in a message
  /// of its own.
  package let warning: String?

  init(_ message: String, detail: String? = nil, hint: String? = nil, warning: String? = nil) {
    (self.message, self.detail, self.hint) = (message, detail, hint)
    self.warning = warning
  }

  /// The sentence for a text that a check rejected.
  static func invalid(
    _ name: String, _ text: String, detail: String? = nil, hint: String? = nil
  ) -> SettingValueError {
    SettingValueError(
      "invalid value for parameter \"\(name)\": \"\(text)\"", detail: detail, hint: hint)
  }

  /// The sentence for a number that a check rejected: it is not quoted.
  static func invalid(
    _ name: String, _ number: Int, detail: String? = nil, hint: String? = nil
  ) -> SettingValueError {
    SettingValueError(
      "invalid value for parameter \"\(name)\": \(number)", detail: detail, hint: hint)
  }

  /// The sentence for a list with a word that a check does not know.
  static func unrecognizedKeyWord(
    _ word: String, in text: String, of name: String
  ) -> SettingValueError {
    .invalid(name, text, detail: "Unrecognized key word: \"\(word)\".")
  }
}
