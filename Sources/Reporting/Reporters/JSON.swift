import Diagnostics
import SourceText

extension Reporter {
  /// For your own programs; Documentation/reports.md describes it.
  package static let json = Reporter(
    .json, summary: "Everything there is to a finding, as JSON.", statistics: \.json
  ) { report, _ in
    JSONText.of(JSONReport(report))
  }
}

/// The whole document. A change that readers could notice gets a new version; a new key is
/// not such a change.
private struct JSONReport: Encodable {
  let version = 1
  let findings: [Finding]
  /// Absent when every finding is here.
  let omitted: [Omitted]?
  let summary: Summary

  init(_ report: Report) {
    findings = report.diagnostics.map { Finding($0, in: report) }
    omitted = report.omissions.isEmpty ? nil : report.omissions.map { Omitted($0, in: report) }
    summary = Summary(
      files: report.files.count, errors: report.count(of: .error),
      warnings: report.count(of: .warning), notes: report.count(of: .note))
  }

  /// Findings that are only counted.
  struct Omitted: Encodable {
    let path: String
    let rule: String
    let count: Int

    init(_ omission: Omission, in report: Report) {
      path = report.file(at: SourceRange(0..<0, in: omission.file)).unescapedPath
      (rule, count) = (omission.rule.description, omission.count)
    }
  }

  struct Summary: Encodable {
    let files: Int
    let errors: Int
    let warnings: Int
    let notes: Int
  }
}

private struct Finding: Encodable {
  let rule: String
  let severity: String
  let message: String
  let hint: String?
  let place: Place
  let notes: [Note]
  let fixes: [Fix]

  init(_ diagnostic: Diagnostic, in report: Report) {
    let writer = report.writer(about: diagnostic.range)
    (rule, severity) = (diagnostic.id.description, diagnostic.severity.rawValue)
    message = writer.text(of: diagnostic.message)
    hint = diagnostic.hint.map(writer.wholeText)
    place = Place(diagnostic.range, in: report)
    notes = diagnostic.notes.map { Note($0, in: report) }
    fixes = report.visibleFixes(of: diagnostic).map { Fix($0, writer, in: report) }
  }

  struct Note: Encodable {
    let message: String
    let place: Place

    init(_ note: Diagnostic.Note, in report: Report) {
      message = report.writer(about: note.range).text(of: note.message)
      place = Place(note.range, in: report)
    }
  }

  struct Fix: Encodable {
    let title: String
    let safety: String
    let edits: [Edit]

    init(_ fix: Diagnostics.Fix, _ writer: MessageWriter, in report: Report) {
      (title, safety) = (writer.wholeText(of: fix.title), fix.safety.rawValue)
      edits = fix.edits.map { Edit(place: Place($0.range, in: report), text: $0.replacement) }
    }
  }

  struct Edit: Encodable {
    let place: Place
    /// The text to write there.
    let text: String
  }
}

/// A range of a file; the end is the first character after it.
private struct Place: Encodable {
  let path: String
  let start: Point
  let end: Point

  /// Line and column count from 1, in Unicode code points; the offset counts from 0, in bytes.
  struct Point: Encodable {
    let line: Int
    let column: Int
    let offset: Int
  }

  init(_ range: SourceRange, in report: Report) {
    let file = report.file(at: range)
    let (start, end) = file.positions(of: range)
    path = file.unescapedPath
    self.start = Point(line: start.line, column: start.column, offset: range.lowerBound)
    self.end = Point(line: end.line, column: end.column, offset: range.upperBound)
  }
}
