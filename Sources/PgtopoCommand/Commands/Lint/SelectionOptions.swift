import ArgumentParser
import Diagnostics
import Reporting
import SourceText
import TopologyLint

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
  var failOn: FailOn?

  @Option(
    help: ArgumentHelp(
      "The configuration, instead of the nearest .pgtopo.yml of each file.", valueName: "file"),
    completion: .file(extensions: ["yml", "yaml"]))
  var config: String?

  @Flag(help: "Read no configuration.")
  var noConfig = false

  enum FailOn: String, CaseIterable, ExpressibleByArgument {
    case note, warning, error
  }

  func validate() throws {
    guard config == nil || !noConfig else {
      throw ValidationError("Only one of --config and --no-config can be given.")
    }
  }

  /// The policy of each file.
  func policies(
    for files: [SourceFile], _ style: Style, in environment: Environment
  ) throws(CommandFailure) -> LintPolicies {
    let (selected, ignored) = (try selectors(select), try selectors(ignore))
    var configurations = ConfigurationFiles(in: environment)
    let policies = files.map { file in
      var policy = LintPolicy()
      if let config {
        policy = configurations.policy(named: config)
      } else if !noConfig {
        policy = configurations.policy(of: file)
      }
      policy.override(
        selecting: selected, ignoring: ignored,
        failOn: failOn.flatMap { Severity(rawValue: $0.rawValue) })
      return policy
    }
    try configurations.checkSound(style)
    return LintPolicies(
      policies,
      notices: configurations.notices(style) + CategoryNarrowing.notices(of: selected)
        + CategoryNarrowing.notices(of: ignored))
  }

  /// The policies that the nearest configuration files give, without a command line's.
  static func configured(
    for files: [SourceFile], _ style: Style, in environment: Environment
  ) throws(CommandFailure) -> LintPolicies {
    var configurations = ConfigurationFiles(in: environment)
    let policies = files.map { configurations.policy(of: $0) }
    try configurations.checkSound(style)
    return LintPolicies(policies)
  }

  private func selectors(_ words: [String]) throws(CommandFailure) -> [RuleSelector] {
    var selectors: [RuleSelector] = []
    for name in words.flatMap({ $0.split(separator: ",") }).map(String.init) {
      guard let selector = RuleSelector(name) else {
        throw CommandFailure(
          "\(name: name) is no rule and no category", hint: RuleSelector.hint(for: name))
      }
      selectors.append(selector)
    }
    return selectors
  }
}
