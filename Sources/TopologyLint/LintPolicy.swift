package import Diagnostics
import SourceText

/// Which rules judge a file, how severe their findings are, and which of them fail a run.
package struct LintPolicy: Hashable, Sendable {
  /// What a rule is turned into.
  package enum Level: String, CaseIterable, Hashable, Sendable {
    case off, note, warning, error
  }

  package var levels: [Diagnostic.ID: Level] = [:]
  /// Empty for every rule.
  package var selected: [RuleSelector] = []
  package var ignored: [RuleSelector] = []
  /// The least severity that makes a run fail.
  package var failOn = Severity.warning

  package init() {}

  /// The severity of what a rule finds, or nil when it is turned off.
  package func severity(of rule: LintRule) -> Severity? {
    guard selected.isEmpty || selected.contains(where: { $0.matches(rule) }),
      !ignored.contains(where: { $0.matches(rule) })
    else { return nil }
    switch levels[rule.id] {
    case .off: return nil
    case .note: return .note
    case .warning: return .warning
    case .error: return .error
    case nil: return rule.severity
    }
  }

  /// What a command line says on top: `--select` wins over all that turns a rule off,
  /// `--ignore` adds to it.
  package mutating func override(
    selecting selectors: [RuleSelector], ignoring others: [RuleSelector], failOn: Severity?
  ) {
    if !selectors.isEmpty {
      (selected, ignored) = (selectors, [])
      levels = levels.filter { $0.value != .off }
    }
    ignored += others
    if let failOn { self.failOn = failOn }
  }
}

/// A rule, or all rules of a category, by name.
package enum RuleSelector: Hashable, Sendable {
  case rule(Diagnostic.ID)
  case category(LintRule.Category)

  /// Nil when nothing has that name.
  package init?(_ name: String) {
    if let category = LintRule.Category(rawValue: name) {
      self = .category(category)
    } else if let rule = LintRule.byName[name] {
      self = .rule(rule.id)
    } else {
      return nil
    }
  }

  package static var names: [String] {
    LintRule.Category.allCases.map(\.rawValue) + LintRule.all.map(\.id.description)
  }

  package func matches(_ rule: LintRule) -> Bool {
    switch self {
    case .rule(let id): rule.id == id
    case .category(let category): rule.category == category
    }
  }
}
