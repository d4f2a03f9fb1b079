import ArgumentParser
import Diagnostics
import Reporting
import TopologyRender

struct LintCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Reports what is wrong with topology files.",
    discussion: """
      Exit status: 0 when there is nothing worse than a note, 1 when there are warnings or \
      errors (see --fail-on) or --diff shows something, 2 when a file could not be read or \
      written. The other files are still looked at.
      """)

  @Argument(
    help: ArgumentHelp(
      "Topology files, folders that hold some, or - for standard input.",
      discussion:
        "A folder stands for topology.yml, topology.yaml and *.pgtopo.yml in it and below. "
        + "Without a path: the current folder."),
    completion: .file(extensions: ["yml", "yaml"]))
  var paths: [String] = []

  @Option(help: "What to call standard input in the report.")
  var stdinFilename = "<stdin>"

  @OptionGroup var reports: ReportOptions

  @OptionGroup(title: "Fixes") var fixes: FixOptions

  @OptionGroup(title: "Selection") var selection: SelectionOptions

  @OptionGroup(title: "Baseline") var baselines: BaselineOptions

  @OptionGroup var target: TargetOption

  @OptionGroup var color: ColorOption

  @Flag(name: .shortAndLong, help: "Leave out the closing summary.")
  var quiet = false

  func validate() throws {
    guard !fixes.fix || !paths.contains("-") || paths.count == 1 else {
      throw ValidationError("--fix prints standard input's text: name no other file beside -.")
    }
    guard !fixes.diff || !reports.isChosen else {
      throw ValidationError(
        "--diff shows the difference alone: leave out --format, --output-file and --statistics.")
    }
  }

  func outcome(in environment: Environment) -> Outcome {
    let destinations: [ReportDestination]
    do throws(ReportMistake) {
      destinations = try reports.destinations(in: environment)
    } catch {
      return .failure(error.message, hint: error.hint)
    }
    var outcome = Outcome()
    let errorStyle = color.style(for: .errors, in: environment)
    var sources = TopologyFiles(in: environment, isRecursive: true)
    for path in paths.isEmpty ? ["."] : paths {
      sources.read(path, standardInputName: stdinFilename, &outcome)
    }
    guard
      let policies = selection.policies(
        for: sources.files, errorStyle, in: environment, &outcome),
      let known = baselines.known(errorStyle, in: environment, &outcome)
    else { return outcome }
    let run = LintRun(
      policies: policies, target: target.chosen.target, known: known, baselines: baselines,
      environment: environment)
    var result = run.judge(sources.files)
    if let path = baselines.writeBaseline, outcome.status == .clean {
      let baseline = run.baseline(of: result.judgement, in: sources.files)
      outcome.append(baselines.write(baseline, to: path, in: environment))
      guard outcome.status == .clean else { return outcome }
      result = run.judge(sources.files, knowing: baseline)
    }
    guard fixes.fix || fixes.diff else {
      report(
        result.judgement, sources.files, to: destinations, closing: closing(result),
        in: environment, &outcome)
      fail(result.judgement, policies, &outcome)
      return outcome
    }
    let fixing = FixRun(
      sources.files, result.judgement, allowsUnsafe: fixes.unsafeFixes,
      judge: { run.judge($0).judgement })
    outcome.errors += fixing.refusals
    if fixes.diff {
      showDiff(fixing, over: sources.files, in: environment, &outcome)
    } else {
      if paths == ["-"] {
        outcome.print(fixing.files, stdinFilename)
      } else {
        FixWriter(environment: environment).write(fixing.files, over: sources.files, &outcome)
      }
      let left = run.judge(fixing.files)
      report(
        left.judgement, fixing.files, to: destinations,
        closing: closing(left, fixed: fixing.fixedCount), in: environment, &outcome)
      fail(left.judgement, policies, &outcome)
    }
    return outcome
  }
}
