import Diagnostics
import SourceText

extension Reporter {
  /// For people: the excerpt with a caret, other places, and what to do.
  package static let text = Reporter(
    .text, summary: "The line, a caret under what is meant, notes, a hint and fixes.",
    statistics: \.text
  ) { report, style in
    let omissions = report.omissions.map { $0.text(in: report) + "\n" }.joined()
    return report.diagnostics.map { report.text(of: $0, style) }.joined(separator: "\n")
      + (omissions.isEmpty ? "" : "\n" + omissions)
  }
}

extension Report {
  /// One finding as people see it.
  func text(of diagnostic: Diagnostic, _ style: Style) -> String {
    let ranges = [diagnostic.range] + diagnostic.notes.map(\.range)
    let numbers = ranges.map { file(at: $0).lines.position(at: $0.lowerBound).line }
    // One gutter for the whole diagnostic, so that its excerpts line up.
    let gutter = String(numbers.max() ?? 1).utf8.count
    var text =
      heading(diagnostic.severity, diagnostic.message, at: diagnostic.range, style)
      + " " + style.paint("[\(diagnostic.id)]", .rule) + "\n"
      + excerpt(at: diagnostic.range, gutter, style)
    for note in diagnostic.notes {
      text += heading(.note, note.message, at: note.range, style) + "\n"
      text += excerpt(at: note.range, gutter, style)
    }
    if let hint = diagnostic.hint {
      let hint = writer(about: diagnostic.range).wholeText(of: hint)
      text += "\(style.paint("hint:", .hint)) \(hint)\n"
    }
    for fix in visibleFixes(of: diagnostic) {
      text +=
        "\(style.paint("fix (\(fix.safety.rawValue)):", .hint)) "
        + writer(about: diagnostic.range).wholeText(of: fix.title) + "\n"
    }
    return text
  }

  private func heading(
    _ severity: Severity, _ message: Diagnostic.Message, at range: SourceRange, _ style: Style
  ) -> String {
    let file = file(at: range)
    return style.paint("\(file.location(of: range)):", .location) + " "
      + style.paint("\(severity.rawValue):", severity.role) + " "
      + file.writer(about: range).text(of: message)
  }

  private func excerpt(at range: SourceRange, _ gutter: Int, _ style: Style) -> String {
    let file = file(at: range)
    let excerpt = Excerpt(of: range, in: file)
    let number = String(excerpt.line)
    let padding = String(repeating: " ", count: gutter - number.utf8.count)
    let margin = " \(padding)\(number) |"
    let blank = String(repeating: " ", count: gutter + 2) + "|"
    let source = excerpt.text.isEmpty ? "" : " " + excerpt.text
    return style.paint(margin, .gutter) + source + "\n"
      + style.paint(blank, .gutter) + " " + String(repeating: " ", count: excerpt.caretColumn)
      + style.paint("^" + String(repeating: "~", count: excerpt.caretWidth - 1), .caret) + "\n"
  }
}
