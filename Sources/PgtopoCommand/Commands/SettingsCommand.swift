import ArgumentParser
import Diagnostics
import PostgresConfig
import Reporting

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
  var format = Format.text

  enum Format: String, CaseIterable, ExpressibleByArgument {
    case text, json
  }

  func outcome(in environment: Environment) -> Outcome {
    var outcome = Outcome()
    let majors = majorOption.major.map { [$0.value] } ?? PostgresMajor.allSupported
    let descriptions = names.compactMap { name -> SettingDescription? in
      let description = SettingDescription(name, majors)
      if description == nil { outcome.append(.unknown(name, majors)) }
      return description
    }
    switch format {
    case .text: outcome.output = descriptions.map(\.text).joined(separator: "\n")
    case .json: outcome.output = JSONText.of(descriptions.map(\.json))
    }
    return outcome
  }
}

extension Outcome {
  /// A name that none of the majors knows.
  fileprivate static func unknown(_ name: String, _ majors: [PostgresMajor]) -> Outcome {
    var outcome = Outcome(status: .findings)
    let visible = VisibleName.escaping(name)
    if let availability = SettingAvailability(of: name) {
      outcome.errors = "pgtopo: setting \"\(visible)\" \(availability.absence(in: majors))\n"
      outcome.errors += availability.replacement.map { "hint: \($0)\n" } ?? ""
      return outcome
    }
    outcome.errors = "pgtopo: unrecognized configuration parameter \"\(visible)\"\n"
    let known = Set(majors.flatMap { SettingCatalogue($0).names })
    if let nearest = NearestName.of(name, among: known.sorted()) {
      outcome.errors += "hint: Perhaps you meant \"\(nearest)\".\n"
    }
    return outcome
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

/// A name on the command line, fit for a terminal.
private enum VisibleName {
  static func escaping(_ name: String) -> String {
    name.unicodeScalars.map { scalar in
      scalar.value < 0x20 || scalar.value == 0x7F ? "?" : String(scalar)
    }.joined()
  }
}
