import Diagnostics
import SourceText
import TopologyLint

/// The pages of the rule reference, below the folder of the documentation.
enum RuleIndex {
  static var pages: [(path: String, markdown: String)] {
    [("rules.md", index), (FormatProblem.path, formatErrors)]
      + LintRule.all.map { (RuleReference($0).path, RuleReference($0).page.markdown) }
  }

  /// A table for each category.
  private static var index: String {
    let tables = LintRule.Category.allCases.map { category in
      let rules = LintRule.all.filter { $0.category == category }
      return rules.isEmpty
        ? "" : "\n## \(category.rawValue.capitalizedFirst)\n\n" + table(of: rules)
    }
    return """
      # Rules

      What `pgtopo lint` looks for, beside [mistakes of the file itself](\(FormatProblem.path)). \
      `pgtopo rules` lists the same,
      and `pgtopo explain RULE` prints a rule's page. Examples show the keys that matter; the \
      lines that lint quotes may
      be those of the whole file.

      """ + tables.joined()
  }

  private static func table(of rules: [LintRule]) -> String {
    "| rule | severity | reports | fix |\n|---|---|---|---|\n"
      + rules.map { rule in
        let reference = RuleReference(rule)
        let fixes = reference.fixes.map(\.rawValue).joined(separator: ", ")
        return "| [\(rule.id)](\(reference.path)) | \(rule.severity.rawValue) "
          + "| \(rule.summary.escapedForMarkdown) | \(fixes) |\n"
      }.joined()
  }

  private static var formatErrors: String {
    """
    # Mistakes of the file itself

    What cannot be read or makes no topology. [Rules](rules.md) judge what can.

    """ + FormatProblem.all.map { "\n" + $0.page.markdown(level: 2) }.joined()
  }
}

extension String {
  fileprivate var capitalizedFirst: String { prefix(1).uppercased() + dropFirst() }
}
