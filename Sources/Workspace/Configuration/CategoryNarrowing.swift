import Diagnostics
import SourceText
import TopologyLint

/// A list of selectors that may be older than the categories: it names one that has since been
/// divided, and none of its parts. What it no longer covers is told, once in a run.
struct CategoryNarrowing {
  private let category: LintRule.Category

  /// Nil when the selectors say what they mean.
  private init?(_ category: LintRule.Category, among selectors: [RuleSelector]) {
    let parts = category.formerParts
    let isMeant = selectors.contains { selector in
      LintRule.all.contains { parts.contains($0.category) && selector.matches($0) }
    }
    guard !parts.isEmpty, !isMeant else { return nil }
    self.category = category
  }

  private var message: Diagnostic.Message {
    let parts = category.formerParts.map(\.rawValue)
    return "category \(keyword: category.rawValue) no longer covers \(keywords: parts, .and)"
  }

  private var hint: Diagnostic.Message {
    let parts = category.formerParts.map(\.rawValue)
    let rules = LintRule.all.filter { $0.category == category }.map(\.id.description)
    return """
      Add \(keywords: parts, .and) to mean what it meant; \
      to mean less, name the rules: \(keywords: rules, .and).
      """
  }

  /// What is to be said of a list in a configuration file.
  static func notices(_ selectors: [Located<RuleSelector>]) -> [Diagnostic] {
    selectors.compactMap { selector in
      guard case .category(let category) = selector.value,
        let narrowing = CategoryNarrowing(category, among: selectors.map(\.value))
      else { return nil }
      return Diagnostic(
        "narrowed-category", .note, narrowing.message, at: selector.range, hint: narrowing.hint)
    }
  }

  /// The same of a list on a command line.
  static func notices(of selectors: [RuleSelector]) -> String {
    selectors.compactMap { selector -> String? in
      guard case .category(let category) = selector,
        let narrowing = CategoryNarrowing(category, among: selectors)
      else { return nil }
      return CommandError(narrowing.message, hint: narrowing.hint, status: .clean).text
    }.joined()
  }
}
