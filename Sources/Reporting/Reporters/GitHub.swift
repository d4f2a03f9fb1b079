import Diagnostics
import SourceText

extension Reporter {
  /// Annotations in GitHub Actions. GitHub shows ten of each level per step; the log has them all.
  package static let github = Reporter(
    .github, summary: "Workflow commands of GitHub Actions, one line for each finding."
  ) { report, _ in
    report.diagnostics.map(report.workflowCommand).joined()
      + report.omissions.map { "::notice::\(Report.escaping($0.text(in: report)))\n" }.joined()
  }
}

extension Report {
  /// `::error file=…,line=…::message`
  fileprivate func workflowCommand(_ diagnostic: Diagnostic) -> String {
    let file = file(at: diagnostic.range)
    let (start, end) = file.positions(of: diagnostic.range)
    var properties = [
      ("file", VisibleText.escaping(repositoryPath(of: diagnostic.range))),
      ("line", String(start.line)), ("endLine", String(end.line)),
    ]
    // The runner accepts columns only for ranges within one line.
    if start.line == end.line {
      properties += [("col", String(start.column)), ("endColumn", String(end.column))]
    }
    properties.append(("title", diagnostic.id.description))
    var message = messageWithHint(of: diagnostic)
    for note in diagnostic.notes {
      let other = self.file(at: note.range)
      message +=
        "\n\(other.location(of: note.range)): "
        + other.writer(about: note.range).text(of: note.message)
    }
    let list = properties.map { "\($0)=\(Self.escaping($1, ",:"))" }.joined(separator: ",")
    return "::\(diagnostic.severity.workflowCommand) \(list)::\(Self.escaping(message))\n"
  }

  /// Escapes line breaks, percent signs and anything else that would end a property, in the
  /// way that the runner decodes.
  fileprivate static func escaping(_ text: String, _ more: String = "") -> String {
    text.unicodeScalars.map { scalar in
      switch scalar {
      case "%": "%25"
      case "\r": "%0D"
      case "\n": "%0A"
      case ":" where more.contains(":"): "%3A"
      case "," where more.contains(","): "%2C"
      default: String(scalar)
      }
    }.joined()
  }
}

extension Severity {
  fileprivate var workflowCommand: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "notice"
    }
  }
}
