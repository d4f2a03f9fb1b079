import ArgumentParser
import Diagnostics
import Reporting
import SourceText
import TopologyLint
import Workspace

/// Which rules judge, and what makes the run fail.
struct SelectionOptions: ParsableArguments {
  @Option(
    parsing: .singleValue,
    help: ArgumentHelp(
      "The only rules to judge by: names or categories, with commas between them.",
      valueName: "rules"))
  var select: [String] = []

  @Option(
    parsing: .singleValue,
    help: ArgumentHelp("Rules or categories to leave out.", valueName: "rules"))
  var ignore: [String] = []

  @Option(help: "The least severity that gives exit status 1: note, warning or error.")
  var failOn: Severity?

  @Option(
    help: ArgumentHelp(
      "The configuration, instead of the nearest .pgtopo.yml of each file.", valueName: "file"),
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  func validate() throws {
    guard config == nil || !noConfig else {
      throw ValidationError("Only one of --config and --no-config can be given.")
    }
  }

  /// The policy of each file.
  func policies(
    for files: [SourceFile], _ style: Style, in environment: Environment
  ) throws(CommandError) -> LintPolicies {
    try LintPolicies(
      for: files, by: configuration, selecting: selectors(select), ignoring: selectors(ignore),
      failOn: failOn, style, in: environment)
  }

  private var configuration: LintPolicies.Configuration {
    if let config { return .file(config) }
    return noConfig ? .none : .nearest
  }

  private func selectors(_ words: [String]) throws(CommandError) -> [RuleSelector] {
    var selectors: [RuleSelector] = []
    for name in words.flatMap({ $0.split(separator: ",") }).map(String.init) {
      guard let selector = RuleSelector(name) else {
        throw CommandError(
          "\(name: name) is no rule and no category", hint: RuleSelector.hint(for: name))
      }
      selectors.append(selector)
    }
    return selectors
  }
}

extension Severity: ExpressibleByArgument {}
