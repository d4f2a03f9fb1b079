import ArgumentParser
import Diagnostics
import Reporting
import SourceText
import TopologyRender
import Workspace

struct RenderCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "render",
    abstract: "Writes everything that a topology file needs to run.",
    discussion: """
      Writes into the folder that the key "output" names, else output/<name> beside the file. \
      Files that pgtopo did not write, or that were edited since, are never overwritten \
      without --force. A topology with an error renders nothing.

      What changed since the earlier render and "docker compose up" does not carry out, such \
      as another password or a removed replica's slot, is told with what does it.

      Exit status: 0 when all is written or up to date, 1 when an error, a file in the way or \
      --check stops it, 2 when the work could not be done.
      """)

  @Argument(
    help: ArgumentHelp(
      "The topology file.", discussion: "Without it: the one in the current folder."),
    completion: .file(extensions: ["yml", "yaml"]))
  var file: String?

  @Option(name: .shortAndLong, help: "The folder to render into.", completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "Print one file of the render, such as docker-compose.yml, and write none.",
      valueName: "file"))
  var stdout: String?

  @OptionGroup var target: TargetOption

  @Flag(help: "Say what would be written and removed, and do neither.")
  var dryRun = false

  @Flag(help: "Write nothing; list what is missing, stale or edited by hand.")
  var check = false

  @Flag(help: "Overwrite files that are somebody else's or were edited.")
  var force = false

  @OptionGroup var color: ColorOption

  @Flag(name: .shortAndLong, help: "Leave out the summary.")
  var quiet = false

  func validate() throws {
    guard [stdout != nil, dryRun, check].count(where: { $0 }) <= 1 else {
      throw ValidationError("Only one of --stdout, --dry-run and --check can be given.")
    }
    guard output?.isEmpty != true else { throw ValidationError("--output needs a folder.") }
    guard file != "-" else {
      throw ValidationError("A render belongs beside a file: standard input has no place.")
    }
  }

  func outcome(in environment: Environment) throws(CommandError) -> Outcome {
    try outcome(for: target.chosen, in: environment)
  }

  /// - Parameter target: What is rendered for.
  func outcome(
    for target: RenderTarget, in environment: Environment
  ) throws(CommandError) -> Outcome {
    let source = try TopologyFiles.single(
      file, hint: "Name the one to render.", in: environment)
    let style = color.style(for: .errors, in: environment)
    let policies = try LintPolicies(for: [source], style, in: environment)
    let judgement = Judgement([source], policies, for: target.target, in: environment)
    guard let topology = judgement.topologies.first, !judgement.contains(.error) else {
      return stopped(by: judgement, in: source, environment)
    }
    let place = RenderPlace(
      of: source.path, topology, output: output, in: environment)
    let files = target.render(topology, place.context)
    if let stdout { return try contents(of: stdout, in: files) }
    let plan = try place.plan(for: files)
    let report = RenderReport(
      plan, place, target.commands, force: force,
      warnings: judgement.diagnostics.count { $0.severity == .warning },
      RenderChanges(topology, target.commands, in: place))
    if check { return report.check(quiet: quiet) }
    try report.checkAllowed()
    if dryRun { return Outcome(output: report.preview()) }
    try place.carryOut(plan, force: force)
    return Outcome(output: report.done(quiet: quiet))
  }

  /// The whole report, warnings included. It stays out of the way of `--stdout`.
  private func stopped(
    by judgement: Judgement, in source: SourceFile, _ environment: Environment
  ) -> Outcome {
    let stream: Environment.Stream = stdout == nil ? .output : .errors
    let report = Report(judgement.diagnostics, files: [source], limit: Report.usualLimit)
    let text =
      Reporter.text.render(report, color.style(for: stream, in: environment))
      + (quiet ? "" : "\n\(report.summary); nothing was rendered\n")
    return stream == .output
      ? Outcome(status: .findings, output: text) : Outcome(status: .findings, errors: text)
  }

  private func contents(
    of path: String, in files: [OutputFile]
  ) throws(CommandError) -> Outcome {
    if let file = files.first(where: { $0.path == path }) { return Outcome(output: file.contents) }
    let paths = files.map(\.path)
    throw CommandError(
      "the render has no file \(name: path)",
      hint: NearestName.of(path, among: paths).map { "Perhaps you meant \(name: $0)." }
        ?? "The files are \(names: paths).")
  }
}
