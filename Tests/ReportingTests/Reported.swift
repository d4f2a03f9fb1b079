import Diagnostics
import Reporting
import SourceText
import TestSupport

/// Text with marked ranges for a diagnostic to point at.
struct Reported {
  let file: SourceFile
  let ranges: [SourceRange]

  init(_ marked: String, path: String = "topology.yml", index: Int = 0) {
    let text = MarkedText(marked)
    let id = SourceFile.ID(index)
    file = SourceFile(id: id, path: path, text: text.text)
    ranges = text.ranges.map { SourceRange($0, in: id) }
  }

  func diagnostic(
    _ message: Diagnostic.Message = "something is wrong", _ severity: Severity = .error,
    id: Diagnostic.ID = "some-rule", notes: [Diagnostic.Note] = [], hint: Diagnostic.Message? = nil,
    at index: Int = 0
  ) -> Diagnostic {
    Diagnostic(id, severity, message, at: ranges[index], notes: notes, hint: hint)
  }

  /// The text report of one diagnostic at the first range.
  var text: String { text(of: diagnostic()) }

  func text(of diagnostics: Diagnostic..., style: Style = .plain) -> String {
    Reporter.text.render(Report(diagnostics, files: [file]), style)
  }

  /// The excerpt and the caret line of one diagnostic at the first range.
  var excerpt: [String] {
    text.split(separator: "\n", omittingEmptySubsequences: false).dropFirst().prefix(2)
      .map(String.init)
  }
}
