import ArgumentParser
import Reporting
import Workspace

/// When to use colours.
enum ColorChoice: String, CaseIterable, ExpressibleByArgument {
  case auto, always, never
}

struct ColorOption: ParsableArguments {
  @Option(
    help: """
      When to use colours: auto, always or never. Auto looks at NO_COLOR, FORCE_COLOR and \
      CLICOLOR_FORCE, then whether the output is a terminal.
      """)
  var color = ColorChoice.auto

  /// The look of a report that goes to a stream.
  func style(for stream: Environment.Stream, in environment: Environment) -> Style {
    switch color {
    case .always: return Style(color: true)
    case .never: return .plain
    case .auto: break
    }
    // https://no-color.org: set and not empty, whatever the value.
    if environment.isSet("NO_COLOR") { return .plain }
    for name in ["FORCE_COLOR", "CLICOLOR_FORCE"] where environment.isSet(name) {
      return Style(color: environment.variable(name) != "0")
    }
    let isDumb = environment.variable("TERM") == "dumb"
    return Style(color: environment.isTerminal(stream) && !isDumb)
  }
}

extension Environment {
  fileprivate func isSet(_ name: String) -> Bool { variable(name).map { !$0.isEmpty } ?? false }
}
