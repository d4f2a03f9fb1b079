package import Diagnostics

/// What a report says beside its findings: about the program, the rules, and the repository.
package struct ReportContext: Sendable {
  package let version: String
  /// Asked only for rules that are reported, by formats that describe them.
  package let rule: @Sendable (Diagnostic.ID) -> RuleDescription?
  /// A file's path from the top folder of the repository, which code hosts go by; absolute
  /// when the file is not in it.
  package let repositoryPath: @Sendable (String) -> String

  package init(
    version: String, rule: @escaping @Sendable (Diagnostic.ID) -> RuleDescription?,
    repositoryPath: @escaping @Sendable (String) -> String
  ) {
    (self.version, self.rule, self.repositoryPath) = (version, rule, repositoryPath)
  }

  /// For reports that show findings and nothing beside them.
  package static let none = ReportContext(version: "0", rule: { _ in nil }, repositoryPath: { $0 })
}

/// What there is to read about a rule.
package struct RuleDescription: Sendable {
  package let severity: Severity
  package let category: String
  /// What the rule reports, as one sentence.
  package let summary: String
  package let rationale: String
  /// All of it, with examples.
  package let text: String
  package let markdown: String
  /// Where its page is.
  package let url: String

  package init(
    severity: Severity, category: String, summary: String, rationale: String, text: String,
    markdown: String, url: String
  ) {
    (self.severity, self.category, self.summary) = (severity, category, summary)
    (self.rationale, self.text, self.markdown, self.url) = (rationale, text, markdown, url)
  }
}
