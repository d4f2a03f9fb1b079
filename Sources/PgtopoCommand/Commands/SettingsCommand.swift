import ArgumentParser
import Diagnostics
import PostgreSQL
import Reporting
import Workspace

struct SettingsCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "settings",
    abstract: "Explains settings of postgresql.conf: type, range, default, what a change costs.",
    discussion: """
      Exit status: 0 when every name is a setting, 1 when one is not, in any major or in the \
      one that was named.
      """)

  @Argument(help: "Names of settings; case does not count.")
  var names: [String]

  @OptionGroup var majorOption: MajorOption

  @Option(help: "How to answer: text or json.")
  var format = AnswerFormat.text

  func outcome(in environment: Environment) -> Outcome {
    var outcome = Outcome()
    let majors = majorOption.major.map { [$0.value] } ?? PostgresMajor.allSupported
    let descriptions = names.compactMap { name -> SettingDescription? in
      let description = SettingDescription(name, majors)
      if description == nil { outcome.tell(.unknown(name, majors)) }
      return description
    }
    switch format {
    case .text: outcome.output = descriptions.map { $0.text }.joined(separator: "\n")
    case .json: outcome.output = JSONText.of(descriptions.map(\.json))
    }
    return outcome
  }
}

extension CommandError {
  /// A name that none of the majors knows.
  fileprivate static func unknown(_ name: String, _ majors: [PostgresMajor]) -> CommandError {
    if let availability = SettingAvailability(of: name) {
      return CommandError(
        "setting \(name: name) \(text: availability.absence(in: majors))",
        hint: availability.replacement.map { "\(text: $0)" }, status: .findings)
    }
    let known = Set(majors.flatMap { SettingCatalogue($0).names })
    return CommandError(
      "unrecognized configuration parameter \(name: name)",
      hint: NearestName.of(name, among: known.sorted()).map { "Perhaps you meant \(keyword: $0)." },
      status: .findings)
  }
}

extension SettingAvailability {
  /// What keeps the majors from having it, behind its name.
  fileprivate func absence(in majors: [PostgresMajor]) -> String {
    if let goneSince, majors.allSatisfy({ $0 >= goneSince }) || self.majors.isEmpty {
      return "is gone since PostgreSQL \(goneSince)"
    }
    if let since, majors.allSatisfy({ $0 < since }) { return "is there since PostgreSQL \(since)" }
    return "is not in PostgreSQL \(majors.map(\.description).joined(separator: ", "))"
  }
}
