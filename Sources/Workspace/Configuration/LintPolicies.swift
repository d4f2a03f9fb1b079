package import Diagnostics
package import Reporting
package import SourceText
package import TopologyLint

/// The policies of the files of one run.
package struct LintPolicies: Sendable {
  /// Where the configuration of a topology file is.
  package enum Configuration: Sendable {
    /// The nearest `.pgtopo.yml` in its folder or above.
    case nearest
    case file(String)
    case none
  }

  private let byFile: [LintPolicy]
  /// What is to be told of the configuration, and of no topology.
  package let notices: String

  /// The same for every file: all rules, as severe as they say.
  package init() { (byFile, notices) = ([], "") }

  /// Reads the configuration of each file.
  ///
  /// - Parameters:
  ///   - selected: The only rules that a command line lets judge; empty for what is configured.
  ///   - ignored: Rules that it turns off.
  ///   - failOn: The least severity that it wants for a failure.
  ///   - style: How mistakes and notices are reported.
  package init(
    for files: [SourceFile], by configuration: Configuration = .nearest,
    selecting selected: [RuleSelector] = [], ignoring ignored: [RuleSelector] = [],
    failOn: Severity? = nil, _ style: Style, in environment: Environment
  ) throws(CommandError) {
    var configurations = ConfigurationFiles(in: environment)
    byFile = files.map { file in
      var policy =
        switch configuration {
        case .nearest: configurations.policy(of: file)
        case .file(let path): configurations.policy(named: path)
        case .none: LintPolicy()
        }
      policy.override(selecting: selected, ignoring: ignored, failOn: failOn)
      return policy
    }
    try configurations.checkSound(style)
    notices =
      configurations.notices(style) + CategoryNarrowing.notices(of: selected)
      + CategoryNarrowing.notices(of: ignored)
  }

  subscript(file: SourceFile.ID) -> LintPolicy {
    Int(file.index) < byFile.count ? byFile[Int(file.index)] : LintPolicy()
  }

  /// Those of the rules that judge at least one file.
  func rules(_ rules: [LintRule]) -> [LintRule] {
    byFile.isEmpty
      ? rules : rules.filter { rule in byFile.contains { $0.severity(of: rule) != nil } }
  }
}
