import Diagnostics
package import SchemaCoding

/// The options of the linter.
package struct LintOptions: Sendable {
  /// Accepted rules, and the reason for each.
  package let allow: [Entry<String, String>]
}

extension Schema<LintOptions> {
  static let lintOptions = Schema.object(
    "What pgtopo lint is told about this topology.",
    Field(
      "allow", orEmpty: .map(key: { $0 }, values: .reason),
      "Rules whose findings are accepted, each with the reason.")
  ) {
    LintOptions(allow: $0)
  }
}

extension Schema<String> {
  /// Why a finding is accepted.
  fileprivate static var reason: Schema {
    .parsed(pattern: "\\S") { text throws(ValueError) in
      guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
        throw ValueError(
          "the allowance has no reason", id: "allowance-without-reason",
          hint: "Say why the finding is accepted.")
      }
      return text
    }
  }
}
