import ArgumentParser
import Reporting

/// How many findings are printed.
struct LimitOption: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "How many findings of one rule are printed for each file; 0 for all.",
      discussion: "The others are only counted.", valueName: "number"))
  var maxFindings = Report.usualLimit

  func validate() throws {
    guard maxFindings >= 0 else { throw ValidationError("--max-findings is a number from 0.") }
  }
}
