package import Diagnostics

/// What a report says besides its findings: about the program, the rules and the repository.
package struct ReportContext: Sendable {
  package let version: String
  /// Called only for rules that are reported, by formats that describe them.
  package let rule: @Sendable (Diagnostic.ID) -> RuleDescription?
  /// A file's path relative to the top folder of the repository, which code hosts use;
  /// absolute if the file is not in the repository.
  package let repositoryPath: @Sendable (String) -> String

  package init(
    version: String, rule: @escaping @Sendable (Diagnostic.ID) -> RuleDescription?,
    repositoryPath: @escaping @Sendable (String) -> String
  ) {
    (self.version, self.rule, self.repositoryPath) = (version, rule, repositoryPath)
  }

  /// For reports that show nothing but findings.
  package static let none = ReportContext(version: "0", rule: { _ in nil }, repositoryPath: { $0 })
}

/// The documentation of a rule.
package struct RuleDescription: Sendable {
  package let severity: Severity
  package let category: String
  /// What the rule reports, as one sentence.
  package let summary: String
  package let rationale: String
  /// The full text, with examples.
  package let text: String
  package let markdown: String
  /// The address of its page.
  package let url: String

  package init(
    severity: Severity, category: String, summary: String, rationale: String, text: String,
    markdown: String, url: String
  ) {
    (self.severity, self.category, self.summary) = (severity, category, summary)
    (self.rationale, self.text, self.markdown, self.url) = (rationale, text, markdown, url)
  }
}
