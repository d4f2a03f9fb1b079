import Diagnostics
import SourceText

extension Reporter {
  /// For tools that read Checkstyle reports.
  package static let checkstyle = Reporter(
    .checkstyle, summary: "XML as Checkstyle 4.3 writes it."
  ) { report, _ in
    let findings = Dictionary(grouping: report.diagnostics, by: \.range.file)
    return XMLElement(
      "checkstyle", ["version": "4.3"],
      report.files.map { file in
        XMLElement(
          "file", ["name": VisibleText.escaping(file.path)],
          (findings[file.id] ?? []).map(report.checkstyleError))
      }
    ).document
  }
}

extension Report {
  fileprivate func checkstyleError(_ diagnostic: Diagnostic) -> XMLElement {
    let start = file(at: diagnostic.range).positions(of: diagnostic.range).start
    return XMLElement(
      "error",
      [
        "line": String(start.line), "column": String(start.column),
        "severity": diagnostic.severity.checkstyleName,
        "message": messageWithHint(of: diagnostic), "source": "pgtopo.\(diagnostic.id)",
      ])
  }
}

extension Severity {
  fileprivate var checkstyleName: String {
    switch self {
    case .error: "error"
    case .warning: "warning"
    case .note: "info"
    }
  }
}
