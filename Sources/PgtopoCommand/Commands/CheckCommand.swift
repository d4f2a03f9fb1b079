import ArgumentParser
import Diagnostics
import PostgreSQL
import SourceText
import Workspace

struct CheckCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says what a server would refuse in its own configuration files.",
    discussion: """
      Reads plain postgresql.conf and pg_hba.conf files, and what they include, and reports \
      in the server's words and at its lines.

      Exit status: 0 when a server of that major takes every file, 1 when it refuses one, 2 \
      when a file could not be read.
      """)

  @Argument(help: "Files, or - for standard input.", completion: .file(extensions: ["conf"]))
  var files: [String]

  @Option(help: "What the files are: hba or conf. Without it, their names say.")
  var kind: Kind?

  @OptionGroup var majorOption: MajorOption

  @Option(
    help: ArgumentHelp(
      "The postgresql.conf that a running server was started with.",
      discussion: "Judges a reload of that server instead of a start.", valueName: "file"),
    completion: .file(extensions: ["conf"]))
  var running: String?

  @Option(
    help: ArgumentHelp(
      "How to report: text or json.",
      discussion: "JSON has the columns of pg_file_settings or pg_hba_file_rules, an array for "
        + "each file."))
  var format = AnswerFormat.text

  @OptionGroup var limit: LimitOption

  @OptionGroup var color: ColorOption

  enum Kind: String, CaseIterable, ExpressibleByArgument {
    case hba, conf

    /// What the name of a file says: `pg_hba.conf`, `postgresql.auto.conf` and the like.
    init?(named path: String) {
      let name = Path.name(of: path).lowercased()
      if name.contains("hba") {
        self = .hba
      } else if name.contains("postgres") {
        self = .conf
      } else {
        return nil
      }
    }
  }

  func outcome(in environment: Environment) -> Outcome {
    var outcome = Outcome()
    for file in files {
      guard let kind = kind ?? Kind(named: file) else {
        outcome.tell(
          CommandError(
            "cannot tell what file \(name: file) is from its name",
            hint: "Write \"--kind conf\" or \"--kind hba\"."))
        continue
      }
      do throws(CommandError) {
        outcome.append(try self.outcome(of: file, kind, in: environment))
      } catch {
        outcome.tell(error)
      }
    }
    return outcome
  }

  private func outcome(
    of file: String, _ kind: Kind, in environment: Environment
  ) throws(CommandError) -> Outcome {
    let major = majorOption.major?.value ?? .newestReleased
    switch kind {
    case .conf:
      let check = ConfFileCheck(
        file: file, running: running, major: major, environment: environment,
        limit: limit.maxFindings)
      return try check.outcome(format, color.style(for: .output, in: environment))
    case .hba:
      let check = HBAFileCheck(
        file: file, major: major, environment: environment, limit: limit.maxFindings)
      return try check.outcome(format, color.style(for: .output, in: environment))
    }
  }
}

extension Outcome {
  /// Adds what another piece of the work says; the worst status counts.
  ///
  /// - Parameter separator: What goes between the outputs of the two.
  mutating func append(_ other: Outcome, separator: String = "\n") {
    if other.status.rawValue > status.rawValue { status = other.status }
    if !output.isEmpty, !other.output.isEmpty { output += separator }
    output += other.output
    errors += other.errors
  }
}
