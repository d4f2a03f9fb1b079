/// The formats of reports, each by the word after `--format`, in the order of their names.
package enum ReportFormat: String, CaseIterable, Sendable {
  case checkstyle, concise, github, gitlab, json, junit, sarif, text

  /// What writes it.
  package var reporter: Reporter {
    switch self {
    case .checkstyle: .checkstyle
    case .concise: .concise
    case .github: .github
    case .gitlab: .gitlab
    case .json: .json
    case .junit: .junit
    case .sarif: .sarif
    case .text: .text
    }
  }
}
