import ArgumentParser
import Diagnostics
import TopologyLint

struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Explains a rule, with a wrong and a right example.",
    discussion: "The name is the one in brackets at the end of a finding.")

  @Argument(help: "The name of a rule, or of a mistake in the file itself.")
  var rule: String

  func outcome(in environment: Environment) -> Outcome {
    if let rule = LintRule.all.first(where: { $0.id.description == rule }) {
      return Outcome(output: explanation(of: rule))
    }
    if let error = FormatError.all.first(where: { $0.id == rule }) {
      return Outcome(
        output: """
          \(error.id) (error)
          \(error.summary)

          \(error.explanation.wrapped)
          It is about the file itself and cannot be allowed.

          """)
    }
    let names = LintRule.all.map(\.id.description) + FormatError.all.map(\.id)
    return .failure(
      "there is no rule \"\(rule)\"",
      hint: NearestName.of(rule, among: names).map { "Perhaps you meant \"\($0)\"." }
        ?? "\"pgtopo rules\" lists all rules.")
  }

  private func explanation(of rule: LintRule) -> String {
    var text = """
      \(rule.id) (\(rule.severity.rawValue), \(rule.category.rawValue))
      \(rule.summary)

      \(rule.rationale.wrapped)

      """
    for example in rule.bad.prefix(1) { text += block("Wrong:", example) }
    for example in rule.good.prefix(1) { text += block("Right:", example) }
    guard rule.canBeAllowed else { return text + "\nIt cannot be allowed.\n" }
    return text + """

      If it is meant, say so in the topology, with the reason:

        lint:
          allow:
            \(rule.id): the reason

      or at the end of the line, or above it: # pgtopo: allow \(rule.id) -- the reason

      """
  }

  private func block(_ title: String, _ example: String) -> String {
    let lines = MarkedExample(example).lines.map { $0.isEmpty ? "\n" : "  \($0)\n" }
    return "\n\(title)\n\n\(lines.joined())"
  }
}

extension String {
  /// The text in lines of at most 80 columns, broken between words. Its own line breaks stay.
  fileprivate var wrapped: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { line in
      var lines: [String] = []
      for word in line.split(separator: " ") {
        if let last = lines.last, last.count + word.count < 80 {
          lines[lines.count - 1] = "\(last) \(word)"
        } else {
          lines.append(String(word))
        }
      }
      return lines.joined(separator: "\n")
    }.joined(separator: "\n")
  }
}
