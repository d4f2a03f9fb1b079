import ArgumentParser
import Diagnostics
import Reporting
import Workspace

/// In which formats to report, and where to.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: ArgumentHelp(
      "How to report; text without it.",
      discussion: "Several at once: each goes to the --output-file behind it, and the one "
        + "without to standard output.", valueName: "format"))
  var formats: [ReportFormat] = []

  @Option(
    name: .customLong("output-file"),
    help: ArgumentHelp(
      "Where the report of the --format before it goes.",
      discussion: "The file is replaced when it is there; \"-\" is standard output.",
      valueName: "file"),
    completion: .file())
  var outputFiles: [String] = []

  @Flag(help: "Report only how often each rule was broken, as text or json.")
  var statistics = false

  /// What to write where, checked as far as it can be before there is a report.
  ///
  /// - Parameter read: The files that the command line names to be read.
  func destinations(
    sparing read: [String?], in environment: Environment
  ) throws(CommandError) -> [ReportDestination] {
    var destinations: [ReportDestination] = []
    for (format, file) in try pairs(environment.arguments) {
      if statistics, format.reporter.renderStatistics == nil {
        throw .noStatistics(format.reporter)
      }
      let destination = ReportDestination(format.reporter, to: file)
      try destination.check(sparing: read.compactMap(\.self), in: environment)
      if let other = destinations.first(where: { destination.isSame(as: $0, in: environment) }) {
        throw .sameDestination(other, destination)
      }
      destinations.append(destination)
    }
    return destinations
  }

  /// Whether anything but the text on standard output is wanted.
  var isChosen: Bool { !formats.isEmpty || !outputFiles.isEmpty || statistics }

  /// What goes to a destination; only people get closing lines.
  func text(
    of report: Report, _ reporter: Reporter, _ style: Style, closing: String
  ) -> String {
    if statistics, let render = reporter.renderStatistics { return render(Statistics(of: report)) }
    let text = reporter.render(report, style)
    guard reporter.id == Reporter.text.id, !closing.isEmpty else { return text }
    return text.isEmpty ? closing : "\(text)\n\(closing)"
  }

  /// Each format with the file behind it; nil is standard output.
  private func pairs(
    _ arguments: [String]
  ) throws(CommandError) -> [(format: ReportFormat, file: String?)] {
    var formats = formats[...]
    var files = outputFiles[...]
    var pairs: [(format: ReportFormat, file: String?)] = []
    // Whether the last pair can still get a file.
    var isOpen = false
    for option in ReportOption.order(in: arguments) {
      switch option {
      case .format:
        if let format = formats.popFirst() { pairs.append((format, nil)) }
        isOpen = true
      case .outputFile:
        guard let file = files.popFirst() else { continue }
        if pairs.isEmpty, formats.isEmpty {
          pairs.append((.text, nil))
        } else if !isOpen {
          throw .noFormat(for: file)
        }
        pairs[pairs.count - 1].file = file == "-" ? nil : file
        isOpen = false
      }
    }
    return pairs.isEmpty ? [(.text, nil)] : pairs
  }
}

extension ReportFormat: ExpressibleByArgument {}

/// The options whose order matters. ArgumentParser collects each by itself, and takes nothing
/// that begins with a hyphen for the value of an option; so every such word before `--` is
/// the option.
private enum ReportOption: String {
  case format = "--format"
  case outputFile = "--output-file"

  static func order(in arguments: [String]) -> [ReportOption] {
    arguments.prefix { $0 != "--" }.compactMap { argument in
      ReportOption(rawValue: String(argument.prefix { $0 != "=" }))
    }
  }
}

extension CommandError {
  fileprivate static func noStatistics(_ reporter: Reporter) -> CommandError {
    let names = Reporter.all.filter { $0.renderStatistics != nil }.map { "--format \($0.id)" }
    return CommandError(
      "format \(name: reporter.id) has no statistics",
      hint: "Write \(keywords: names, .or).")
  }

  fileprivate static func noFormat(for file: String) -> CommandError {
    CommandError(
      "output file \(name: file) has no format",
      hint: "Write a \"--format\" before each \"--output-file\".")
  }

  fileprivate static func sameDestination(
    _ first: ReportDestination, _ second: ReportDestination
  ) -> CommandError {
    let place: Diagnostic.Message = first.file.map { "file \(name: $0)" } ?? "standard output"
    return CommandError(
      "formats \(name: first.reporter.id) and \(name: second.reporter.id) both go to \(place)",
      hint: "Write an \"--output-file\" of its own behind each \"--format\".")
  }
}
