import ArgumentParser
import Diagnostics
import TopologyLint
import Workspace

struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule, with a wrong and a right example.",
    discussion: "The name is the one in brackets at the end of a finding.")

  @Argument(help: "The name of a rule, or of a mistake in the file itself.")
  var rule: String

  func outcome(in environment: Environment) throws(CommandError) -> Outcome {
    if let rule = LintRule.byName[rule] {
      return Outcome(output: RuleReference(rule).page.text)
    }
    if let error = FormatProblem.all.first(where: { $0.id == rule }) {
      return Outcome(output: error.page.text)
    }
    let names = LintRule.all.map(\.id.description) + FormatProblem.all.map(\.id)
    throw CommandError(
      "there is no rule \(name: rule)",
      hint: NearestName.of(rule, among: names).map { "Perhaps you meant \(keyword: $0)." }
        ?? "\"pgtopo rules\" lists all rules.")
  }
}
