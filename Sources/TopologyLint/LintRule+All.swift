extension LintRule {
  /// Every rule, in the order of their names.
  package static let all: [LintRule] = []
}
