import Diagnostics
import PostgreSQL
import Reporting
import SchemaCoding
import SourceText
import Workspace

/// What a server makes of one postgresql.conf.
struct ConfFileCheck {
  /// As the user gave it; `-` is standard input.
  let file: String
  /// The file that a running server was started with: a reload is judged.
  let running: String?
  let major: PostgresMajor
  let environment: Environment
  /// How many findings are printed for each file; 0 for all.
  var limit = Report.usualLimit

  func outcome(
    _ format: AnswerFormat, _ style: Style
  ) throws(CommandError) -> Outcome {
    let conf = try read(file)
    var occasion = ConfVerdict.Occasion.start
    if let running {
      let values = try read(running).verdict(at: .start, major: major).values
      occasion = .reload(of: values)
    }
    return outcome(conf, conf.verdict(at: occasion, major: major), format, style)
  }

  private func outcome(
    _ conf: ConfFile, _ verdict: ConfVerdict, _ format: AnswerFormat, _ style: Style
  ) -> Outcome {
    let problems = running == nil ? conf.startProblems(after: verdict) : []
    let warnings = conf.standbyProblems(after: verdict)
    var outcome = Outcome(
      status: verdict.isAccepted && problems.isEmpty ? .clean : .findings)
    switch format {
    case .json:
      outcome.output = JSONText.of(verdict.json(of: conf))
    case .text:
      let files = conf.sources.enumerated().map { index, source in
        SourceFile(id: SourceFile.ID(index), path: source.path, bytes: source.bytes)
      }
      let report = Report(
        (verdict.messages + problems).compactMap { $0.diagnostic("refused-by-server") }
          + warnings.compactMap { $0.diagnostic("unusable-conninfo") },
        files: files, limit: limit)
      outcome.output = Reporter.text.render(report, style)
      if !report.diagnostics.isEmpty { outcome.output += "\n\(report.summary)\n" }
    }
    return outcome
  }

  /// The file and what it includes. Included files that cannot be read are the server's to
  /// complain about.
  private func read(_ file: String) throws(CommandError) -> ConfFile {
    let bytes = try environment.contents(of: file)
    let path = file == "-" ? "<stdin>" : file
    return ConfFile(path: path, files: environment.includedFiles(of: path, bytes))
  }
}

extension ConfMessage {
  /// The message where it belongs; the last lines of a log are about the whole and say
  /// nothing new.
  fileprivate func diagnostic(_ code: Diagnostic.ID) -> Diagnostic? {
    guard let place else { return nil }
    let range = SourceRange(place.range, in: SourceFile.ID(place.source))
    return Diagnostic(
      code, gravity, .serverSentence(text, detail), at: range,
      hint: hint.map { "\(text: $0)" })
  }

  /// The server logs errors of a file at LOG, and so what is no error.
  private var gravity: Diagnostics.Severity {
    if severity == .warning { return .warning }
    return isRefusal ? .error : .note
  }
}

extension ConfVerdict {
  /// The rows of `pg_file_settings`; columns that are null are left out.
  fileprivate func json(of conf: ConfFile) -> [JSONValue] {
    rows.enumerated().map { index, row in
      var columns: [String: JSONValue] = [
        "sourcefile": .string(conf.sources[row.entry.place.source].path),
        "sourceline": .integer(row.entry.place.line), "seqno": .integer(index + 1),
        "applied": .boolean(row.isApplied),
      ]
      if case .setting(let name, let value, _) = row.entry.content {
        columns["name"] = .string(name)
        columns["setting"] = .string(value.settingText)
      }
      if let error = row.error { columns["error"] = .string(error) }
      return .object(columns)
    }
  }
}

extension Diagnostic.Message {
  /// The server's own words, with the detail behind a colon.
  fileprivate static func serverSentence(_ text: String, _ detail: String?) -> Self {
    "\(text: text)\(text: detail.map { ": " + $0 } ?? "")"
  }
}
