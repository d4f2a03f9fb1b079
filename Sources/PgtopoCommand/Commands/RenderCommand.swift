import ArgumentParser

struct RenderCommand: Subcommand {
  static let configuration = CommandConfiguration(commandName: "render")
  func outcome(in environment: Environment) -> Outcome { Outcome() }
}
