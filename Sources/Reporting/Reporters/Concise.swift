import Diagnostics
import SourceText

extension Reporter {
  /// For editors and `grep`: one line for each diagnostic, and nothing else.
  package static let concise = Reporter(
    .concise, summary: "One line for each finding: path:line:column: severity: message [rule]."
  ) { report, style in
    report.diagnostics.map { diagnostic in
      let file = report.file(at: diagnostic.range)
      return style.paint("\(file.location(of: diagnostic.range)):", .location) + " "
        + style.paint("\(diagnostic.severity.rawValue):", diagnostic.severity.role) + " "
        + file.writer(about: diagnostic.range).text(of: diagnostic.message) + " "
        + style.paint("[\(diagnostic.id)]", .rule) + "\n"
    }.joined()
  }
}
