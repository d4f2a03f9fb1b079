import ArgumentParser
import Diagnostics
import Reporting
import SourceText
import TopologyRender
import Workspace

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

  @OptionGroup var limit: LimitOption

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

  func outcome(in environment: Environment) throws(CommandError) -> Outcome {
    let destinations = try reports.destinations(
      sparing: [baselines.baseline, baselines.writeBaseline, selection.config], in: environment)
    var sources = TopologyFiles(in: environment, isRecursive: true)
    for path in paths.isEmpty ? ["."] : paths {
      sources.read(path, standardInputName: stdinFilename)
    }
    var outcome = Outcome()
    for failure in sources.failures { outcome.tell(failure) }
    do throws(CommandError) {
      let style = color.style(for: .errors, in: environment)
      let policies = try selection.policies(for: sources.files, style, in: environment)
      outcome.errors += policies.notices
      let run = LintRun(
        policies, for: target.chosen.target,
        knowing: try baselines.known(style, in: environment),
        baselineFolder: baselines.folder(in: environment), in: environment)
      var result = run.judge(sources.files)
      if let path = baselines.writeBaseline, outcome.status == .clean {
        let baseline = run.baseline(of: result.judgement, in: sources.files)
        outcome.output += try baselines.write(baseline, to: path, in: environment)
        result = run.judge(sources.files, knowing: baseline)
      }
      outcome.append(
        self.outcome(of: result, sources.files, run, to: destinations), separator: "")
    } catch {
      outcome.tell(error)
    }
    return outcome
  }

  /// What is said and done about the findings.
  private func outcome(
    of result: LintRun.Result, _ files: [SourceFile], _ run: LintRun,
    to destinations: [ReportDestination]
  ) -> Outcome {
    guard fixes.fix || fixes.diff else {
      return report(result, files, run, to: destinations, closing: closing(result))
    }
    let fixing = FixRun(
      files, result.judgement, for: run.target, allowsUnsafe: fixes.unsafeFixes,
      judge: { run.judge($0).judgement })
    var outcome = Outcome(errors: fixing.refusals)
    if fixes.diff {
      outcome.append(difference(fixing, over: files, in: run.environment))
      return outcome
    }
    if paths == ["-"] {
      outcome.append(printed(fixing.files))
    } else {
      let writer = FixWriter(in: run.environment)
      for failure in writer.write(fixing.files, over: files) { outcome.tell(failure) }
    }
    let left = run.judge(fixing.files)
    outcome.append(
      report(
        left, fixing.files, run, to: destinations,
        closing: closing(left, fixed: fixing.fixedCount)),
      separator: "")
    return outcome
  }
}
