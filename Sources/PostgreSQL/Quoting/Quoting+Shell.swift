import SourceText

extension Quoting {
  /// One word of a POSIX shell; bare if nothing in it has a meaning to a shell.
  package static func shellWord(_ word: String) -> String {
    if !word.isEmpty, word.isMadeOfASCIIWords(or: "_./:@%+,-") { return word }
    return "'" + word.escaping { $0 == "'" ? "'\\''" : nil } + "'"
  }

  /// A value in a Compose `env_file`.
  ///
  /// In double quotes, Compose expands variables and a few escapes; it reverts the three
  /// escapes used here, and everything else, including line breaks, is literal. Single
  /// quotes will not do: Compose has no way to write one inside them.
  package static func envFileValue(_ value: String) -> String {
    if !value.isEmpty, value.isMadeOfASCIIWords(or: "_./:@%+,=-") { return value }
    return "\"" + value.escaping { "\\\"$".unicodeScalars.contains($0) ? "\\\($0)" : nil } + "\""
  }

  /// Text in a scalar of a Compose file, where `$` begins a variable.
  package static func composeScalar(_ text: String) -> String {
    text.escaping { $0 == "$" ? "$$" : nil }
  }
}
