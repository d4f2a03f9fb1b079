import ArgumentParser
import Diagnostics
import TopologyLint

struct RulesCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "rules",
    abstract: "Lists the rules of pgtopo lint: name, severity, summary.")

  func outcome(in environment: Environment) -> Outcome {
    let rules = LintRule.all.sorted { $0.id < $1.id }
    let width = rules.map { $0.id.description.utf8.count }.max() ?? 0
    let lines = rules.map { rule in
      "\(rule.id.description.padded(to: width))  \(rule.severity.rawValue.padded(to: 7))  "
        + "\(rule.summary)\n"
    }
    return Outcome(output: lines.joined())
  }
}

extension String {
  fileprivate func padded(to width: Int) -> String {
    self + String(repeating: " ", count: max(0, width - utf8.count))
  }
}
