import ArgumentParser

/// How a command answers, where it is not with findings: for people or for programs.
enum AnswerFormat: String, CaseIterable, ExpressibleByArgument {
  case text, json
}
