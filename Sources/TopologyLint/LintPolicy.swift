package import Diagnostics
import SourceText

/// Which rules judge a file, the severity of their findings, and which of them fail a run.
package struct LintPolicy: Hashable, Sendable {
  /// The setting of a rule.
  package enum Level: String, CaseIterable, Hashable, Sendable {
    case off, note, warning, error
  }

  package var levels: [Diagnostic.ID: Level] = [:]
  /// Empty for every rule.
  package var selected: [RuleSelector] = []
  package var ignored: [RuleSelector] = []
  /// The lowest severity that makes a run fail.
  package var failOn = Severity.warning

  package init() {}

  /// The severity of a rule's findings, or nil if it is turned off.
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

  /// Applies a command line: `--select` overrides anything that turns a rule off, and
  /// `--ignore` turns more rules off.
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

  /// Nil if nothing has that name.
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
