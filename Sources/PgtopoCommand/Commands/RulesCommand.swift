import ArgumentParser
import Diagnostics
import Reporting
import TopologyLint
import Workspace

struct RulesCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rules of pgtopo lint: name, severity, summary.")

  @Option(help: "How to list: text or json.")
  var format = AnswerFormat.text

  func outcome(in environment: Environment) -> Outcome {
    switch format {
    case .text: Outcome(output: text)
    case .json: Outcome(output: JSONText.of(LintRule.all.map(ListedRule.init)))
    }
  }

  private var text: String {
    let width = LintRule.all.map { $0.id.description.utf8.count }.max() ?? 0
    return LintRule.all.map { rule in
      "\(rule.id.description.padded(to: width))  \(rule.severity.rawValue.padded(to: 7))  "
        + "\(rule.summary)\n"
    }.joined()
  }
}

/// What programs read of a rule.
private struct ListedRule: Encodable {
  let name: String
  /// What it was called before; the old names are still taken.
  let formerNames: [String]
  let severity: String
  let category: String
  let summary: String
  /// How far its fixes can be trusted: safe, unsafe, both or none.
  let fixes: [String]
  let url: String

  private enum CodingKeys: String, CodingKey {
    case name, severity, category, summary, fixes, url
    case formerNames = "former_names"
  }

  init(_ rule: LintRule) {
    let reference = RuleReference(rule)
    (name, formerNames) = (rule.id.description, rule.formerNames)
    severity = rule.severity.rawValue
    (category, summary) = (rule.category.rawValue, rule.summary)
    (fixes, url) = (reference.fixes.map(\.rawValue), reference.url)
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}
