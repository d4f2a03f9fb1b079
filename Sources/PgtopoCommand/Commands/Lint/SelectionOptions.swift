import ArgumentParser
import Diagnostics
import Reporting
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

  /// The policy of each file; nil when a name or a configuration is wrong, which the
  /// outcome then says.
  func policies(
    for files: [SourceFile], _ style: Style, in environment: Environment, _ outcome: inout Outcome
  ) -> LintPolicies? {
    guard let selected = selectors(select, &outcome), let ignored = selectors(ignore, &outcome)
    else { return nil }
    var configurations = ConfigurationFiles(in: environment)
    var told = Outcome()
    let policies = files.map { file in
      var policy = LintPolicy()
      if let config {
        policy = configurations.policy(named: config, &told)
      } else if !noConfig {
        policy = configurations.policy(of: file, &told)
      }
      policy.override(
        selecting: selected, ignoring: ignored,
        failOn: failOn.flatMap { Severity(rawValue: $0.rawValue) })
      return policy
    }
    let areSound = configurations.areSound(style, &told)
    outcome.append(told)
    return areSound ? LintPolicies(policies) : nil
  }

  /// The policies that the nearest configuration files give, without a command line's.
  static func configured(
    for files: [SourceFile], _ style: Style, in environment: Environment, _ outcome: inout Outcome
  ) -> LintPolicies? {
    var configurations = ConfigurationFiles(in: environment)
    let policies = files.map { configurations.policy(of: $0, &outcome) }
    return configurations.areSound(style, &outcome) ? LintPolicies(policies) : nil
  }

  private func selectors(_ words: [String], _ outcome: inout Outcome) -> [RuleSelector]? {
    var selectors: [RuleSelector] = []
    for name in words.flatMap({ $0.split(separator: ",") }).map(String.init) {
      guard let selector = RuleSelector(name) else {
        outcome.fail("\"\(name)\" is no rule and no category", hint: RuleSelector.hint(for: name))
        return nil
      }
      selectors.append(selector)
    }
    return selectors
  }
}
