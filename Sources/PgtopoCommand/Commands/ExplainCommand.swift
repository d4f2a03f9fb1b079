import ArgumentParser

struct ExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(commandName: "explain")
  func outcome(in environment: Environment) -> Outcome { Outcome() }
}
