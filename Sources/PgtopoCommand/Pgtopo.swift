import ArgumentParser
import Diagnostics
import SourceText
package import Workspace

/// The whole program, apart from the process it runs in.
package enum Pgtopo {
  package static let version = "0.1.0"

  /// Runs one command line, without the program's name.
  ///
  /// - Returns: The exit status: see `ExitStatus`.
  package static func run(_ arguments: [String], in environment: Environment) -> Int32 {
    var environment = environment
    environment.arguments = arguments
    let outcome = outcome(of: arguments, in: environment)
    var status = outcome.status
    do throws(FileError) {
      if !outcome.output.isEmpty { try environment.write(outcome.output, .output) }
    } catch {
      // A reader that has seen enough, such as `head`, is no failure and needs no words.
      if !error.isBrokenPipe {
        status = .failure
        try? environment.write("pgtopo: could not write: \(error.reason)\n", .errors)
      }
    }
    // Where to complain that complaining failed?
    if !outcome.errors.isEmpty { try? environment.write(outcome.errors, .errors) }
    return status.rawValue
  }

  private static func outcome(of arguments: [String], in environment: Environment) -> Outcome {
    do {
      var command = try RootCommand.parseAsRoot(arguments)
      if let command = command as? any Subcommand { return Self.outcome(of: command, environment) }
      if command is RootCommand {
        return Outcome(status: .failure, errors: RootCommand.helpMessage() + "\n")
      }
      // ArgumentParser's own: it answers a request for help by throwing the text.
      try command.run()
      return Outcome()
    } catch {
      let message = RootCommand.fullMessage(for: error)
      // Help, the version and completion scripts arrive as errors too.
      return RootCommand.exitCode(for: error).isSuccess
        ? Outcome(output: message + "\n")
        : Outcome(status: .failure, errors: visible(message, of: arguments) + "\n")
    }
  }
}

extension Pgtopo {
  /// What the argument parser complains of holds the arguments as they are. Its own line
  /// breaks are kept, those of an argument are not: what follows would be a line of its own.
  private static func visible(_ message: String, of arguments: [String]) -> String {
    var message = message
    for argument in arguments where argument.utf8.contains(UInt8(ascii: "\n")) {
      // Also the value behind `--option=`, which is told by itself.
      let value = argument.split(separator: "=", maxSplits: 1).last.map(String.init)
      for text in [argument, value ?? argument] {
        message = message.replacing(text, with: VisibleText.escaping(text))
      }
    }
    return message.split(separator: "\n", omittingEmptySubsequences: false)
      .map { VisibleText.escaping(String($0)) }.joined(separator: "\n")
  }

  private static func outcome(of command: any Subcommand, _ environment: Environment) -> Outcome {
    do throws(CommandError) { return try command.outcome(in: environment) } catch {
      return Outcome(status: error.status, errors: error.text)
    }
  }
}

/// What a command has to say.
///
/// It is written in one piece when the command is done, so that there is one place where
/// writing may fail.
struct Outcome: Sendable {
  var status = ExitStatus.clean
  var output = ""
  var errors = ""
}

extension Outcome {
  /// Tells a failure, and goes on with what else there is to say.
  mutating func tell(_ failure: CommandError) {
    if failure.status.rawValue > status.rawValue { status = failure.status }
    errors += failure.text
  }
}

/// A command that works in an environment that is handed to it.
protocol Subcommand: ParsableCommand {
  func outcome(in environment: Environment) throws(CommandError) -> Outcome
}

struct RootCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "pgtopo",
    abstract: "Turns one topology file into a PostgreSQL primary with replicas, and checks it.",
    discussion: """
      Exit status: 0 when there is nothing to report, 1 when there are findings, \
      2 when the work could not be done.
      """,
    version: Pgtopo.version,
    subcommands: [
      LintCommand.self, RenderCommand.self, RulesCommand.self, ExplainCommand.self,
      SchemaCommand.self, CheckCommand.self, SettingsCommand.self, HBACommand.self,
    ])
}
