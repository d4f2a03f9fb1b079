import ArgumentParser
import Diagnostics
import Reporting

struct LintCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "lint",
    abstract: "Reports what is wrong with topology files.",
    discussion: """
      Exit status: 0 when there is nothing worse than a note, 1 when there are warnings or \
      errors, 2 when a file could not be read. The other files are still looked at.
      """)

  @Argument(
    help: ArgumentHelp(
      "Topology files, folders that hold some, or - for standard input.",
      discussion:
        "Without a path: topology.yml, topology.yaml and *.pgtopo.yml in the current folder."),
    completion: .file(extensions: ["yml", "yaml"]))
  var paths: [String] = []

  @Option(help: "What to call standard input in the report.")
  var stdinFilename = "<stdin>"

  @OptionGroup var reports: ReportOptions

  @OptionGroup var color: ColorOption

  @Flag(name: .shortAndLong, help: "Leave out the closing summary.")
  var quiet = false

  func outcome(in environment: Environment) -> Outcome {
    let destinations: [ReportDestination]
    do throws(ReportMistake) {
      destinations = try reports.destinations(in: environment)
    } catch {
      return .failure(error.message, hint: error.hint)
    }
    var outcome = Outcome()
    var sources = TopologyFiles(in: environment)
    for path in paths.isEmpty ? ["."] : paths {
      sources.read(path, standardInputName: stdinFilename, &outcome)
    }
    let judgement = Judgement(sources.files, in: environment)
    let report = Report(
      judgement.diagnostics, files: sources.files, context: .lint(in: environment))
    for destination in destinations {
      let style = destination.file == nil ? color.style(for: .output, in: environment) : .plain
      let text = reports.text(of: report, destination.reporter, style, quiet: quiet)
      destination.write(text, sources.files, in: environment, &outcome)
    }
    let isClean = !judgement.contains(.error) && !judgement.contains(.warning)
    if !isClean, outcome.status == .clean { outcome.status = .findings }
    return outcome
  }
}
