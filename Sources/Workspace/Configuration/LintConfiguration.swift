package import Diagnostics
package import SchemaCoding
import SourceText
package import TopologyLint
import TopologyModel
import YAMLSyntax

/// A file `.pgtopo.yml`: how `pgtopo lint` judges the topologies in its folder and below.
struct LintConfiguration: Sendable {
  static let name = ".pgtopo.yml"

  let policy: LintPolicy
  /// Rules that are given under both of their names.
  var duplicates: [Diagnostic] = []
  /// What is no mistake, and yet to be told.
  var notices: [Diagnostic] = []

  /// Reads a file, reporting every mistake on the way; an empty one changes nothing.
  static func read(_ file: SourceFile, _ diagnostics: inout [Diagnostic]) -> LintConfiguration? {
    guard let document = YAMLDocument.parse(file, &diagnostics) else { return nil }
    guard let root = document.root else { return LintConfiguration(policy: LintPolicy()) }
    var decoding = Decoding(owner: SourceRange(0..<0, in: file.id))
    let configuration = Schema<LintConfiguration>.lintConfiguration.decode(root, &decoding)
    diagnostics += decoding.diagnostics + (configuration?.duplicates ?? [])
    return diagnostics.isEmpty ? configuration : nil
  }
}

extension Schema<LintConfiguration> {
  static let lintConfiguration = Schema.object(
    "How pgtopo lint judges the topologies in this file's folder and below.",
    Field(
      "rules", orEmpty: .map(key: parseRuleName, values: Schema<LintPolicy.Level>.choice),
      "How severe what a rule finds is, by the rule's name: off, note, warning or error."),
    Field(
      "select", orEmpty: .array(of: .located(.selector), isUnique: true),
      "The only rules that judge, by name or by category. The default is all of them."),
    Field(
      "ignore", orEmpty: .array(of: .located(.selector), isUnique: true),
      "Rules that do not judge, by name or by category."),
    Field(
      "fail_on", Schema<Severity>.choice, default: .warning,
      "The least severity that makes pgtopo lint exit with 1: note, warning or error.")
  ) { rules, select, ignore, failOn in
    var policy = LintPolicy()
    var places: [Diagnostic.ID: SourceRange] = [:]
    var duplicates: [Diagnostic] = []
    for rule in rules {
      policy.levels[rule.name.value] = rule.value
      if let first = places.updateValue(rule.name.range, forKey: rule.name.value) {
        duplicates.append(.givenTwice(rule.name, first: first))
      }
    }
    (policy.selected, policy.ignored) = (select.map(\.value), ignore.map(\.value))
    policy.failOn = failOn
    return LintConfiguration(
      policy: policy, duplicates: duplicates,
      notices: CategoryNarrowing.notices(select) + CategoryNarrowing.notices(ignore)
    )
  }
}

extension Diagnostic {
  fileprivate static func givenTwice(
    _ rule: Located<Diagnostic.ID>, first: SourceRange
  ) -> Diagnostic {
    Diagnostic(
      "duplicate-key", .error, "rule \(name: rule.value.description) is given twice",
      at: rule.range, notes: [.init("it is given here first, under another name", at: first)],
      hint: "Keep \(name: rule.value.description), and remove the other one.")
  }
}

extension Severity: JSONConvertible {
  package var json: JSONValue { .string(rawValue) }
}

extension Schema<RuleSelector> {
  fileprivate static var selector: Schema {
    .parsed { text throws(ValueError) in
      guard let selector = RuleSelector(text) else { throw .unknownSelector(text) }
      return selector
    }
  }
}

@Sendable private func parseRuleName(_ text: String) throws(ValueError) -> Diagnostic.ID {
  guard let rule = LintRule.byName[text] else {
    throw ValueError(
      "rule \(value: text) does not exist", id: "unknown-rule",
      hint: NearestName.of(text, among: LintRule.all.map(\.id.description))
        .map { "Perhaps you meant \(keyword: $0)." } ?? "\"pgtopo rules\" lists them all.")
  }
  return rule.id
}

extension ValueError {
  fileprivate static func unknownSelector(_ text: String) -> ValueError {
    ValueError(
      "\(value: text) is no rule and no category", id: "unknown-rule",
      hint: RuleSelector.hint(for: text))
  }
}

extension RuleSelector {
  /// What to write instead of a name that nothing has.
  package static func hint(for text: String) -> Diagnostic.Message {
    NearestName.of(text, among: names).map { "Perhaps you meant \(keyword: $0)." }
      ?? "\"pgtopo rules\" lists all rules."
  }
}
