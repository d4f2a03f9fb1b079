import Diagnostics
import SourceText

extension Reporter {
  /// For the Code Quality widget of merge requests.
  package static let gitlab = Reporter(
    .gitlab, summary: "A Code Quality report of GitLab, as JSON."
  ) { report, _ in
    JSONText.of(
      zip(report.diagnostics, report.fingerprints).map { diagnostic, key in
        CodeQualityIssue(diagnostic, key, in: report)
      })
  }
}

/// The fields of an issue that GitLab reads: the subset of Code Climate's that it names.
private struct CodeQualityIssue: Encodable {
  let description: String
  let checkName: String
  let fingerprint: String
  let severity: String
  let location: Location

  struct Location: Encodable {
    let path: String
    let lines: Lines
  }

  struct Lines: Encodable {
    let begin: Int
    let end: Int
  }

  enum CodingKeys: String, CodingKey {
    case description
    case checkName = "check_name"
    case fingerprint, severity, location
  }

  init(_ diagnostic: Diagnostic, _ key: String, in report: Report) {
    let (start, end) = report.file(at: diagnostic.range).positions(of: diagnostic.range)
    description = report.messageWithHint(of: diagnostic)
    (checkName, fingerprint) = (diagnostic.id.description, key)
    severity = diagnostic.severity.codeQualityName
    location = Location(
      path: report.repositoryPath(of: diagnostic.range),
      lines: Lines(begin: start.line, end: end.line))
  }
}

extension Severity {
  fileprivate var codeQualityName: String {
    switch self {
    case .error: "major"
    case .warning: "minor"
    case .note: "info"
    }
  }
}
