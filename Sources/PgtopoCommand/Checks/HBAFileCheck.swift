import Diagnostics
import PostgreSQL
import Reporting
import SchemaCoding
import SourceText
import Workspace

/// What a server makes of one pg_hba.conf.
struct HBAFileCheck {
  /// As the user gave it; `-` is standard input.
  let file: String
  let major: PostgresMajor
  let environment: Environment
  /// How many findings are printed for each file; 0 for all.
  var limit = Report.usualLimit

  func outcome(
    _ format: AnswerFormat, _ style: Style
  ) throws(CommandError) -> Outcome {
    let bytes = try environment.contents(of: file)
    let rules = rules(bytes)
    var outcome = Outcome(status: rules.loads ? .clean : .findings)
    switch format {
    case .json: outcome.output = JSONText.of(rules.json)
    case .text: outcome.output = report(rules, bytes, style)
    }
    return outcome
  }

  private var path: String { file == "-" ? "<stdin>" : file }

  /// TLS and validators are another file's matter: records that need them are judged as if
  /// they were there.
  func rules(_ bytes: [UInt8]) -> HBAFileRules {
    HBAFileRules(
      reading: path, major: major,
      server: HBAServer(tlsEnabled: true, oauthValidators: nil),
      files: environment.includedFiles(of: path, bytes))
  }

  /// Each refused line in the server's words, under the word that it is about.
  func report(_ rules: HBAFileRules, _ bytes: [UInt8], _ style: Style) -> String {
    var files = [SourceFile(path: path, bytes: bytes)]
    var lines = [LineTable(bytes)]
    var indices = [path: 0]
    var diagnostics: [Diagnostic] = []
    for row in rules.rows {
      guard let sentence = row.error ?? row.loggedError else { continue }
      let index = indices[row.fileName] ?? files.count
      if index == files.count {
        let included =
          (try? environment.includedFiles(of: path, bytes).read(row.fileName)) ?? []
        files.append(SourceFile(id: SourceFile.ID(index), path: row.fileName, bytes: included))
        lines.append(LineTable(included))
        indices[row.fileName] = index
      }
      let range = row.errorRange ?? lines[index].contents(ofLine: row.lineNumber)
      diagnostics.append(.refused(sentence, at: SourceRange(range, in: SourceFile.ID(index))))
    }
    if let refusal = rules.refusal {
      diagnostics.append(.refused(refusal, at: SourceRange(0..<0, in: SourceFile.ID(0))))
    }
    let report = Report(diagnostics, files: files, limit: limit)
    let summary = diagnostics.isEmpty ? "" : "\n\(report.summary)\n"
    return Reporter.text.render(report, style) + summary
  }
}

extension HBAFileRules {
  /// The rows of `pg_hba_file_rules`; columns that are null are left out.
  fileprivate var json: [JSONValue] {
    rows.map { row in
      var members: [String: JSONValue] = [
        "file_name": .string(row.fileName), "line_number": .integer(row.lineNumber),
      ]
      if let number = row.ruleNumber { members["rule_number"] = .integer(number) }
      if let error = row.error { members["error"] = .string(error) }
      guard let columns = row.columns else { return .object(members) }
      members["type"] = .string(columns.type)
      members["database"] = .array(columns.databases.map(JSONValue.string))
      members["user_name"] = .array(columns.userNames.map(JSONValue.string))
      members["auth_method"] = .string(columns.method)
      if let address = columns.address { members["address"] = .string(address) }
      if let netmask = columns.netmask { members["netmask"] = .string(netmask) }
      if !columns.options.isEmpty {
        members["options"] = .array(columns.options.map(JSONValue.string))
      }
      return .object(members)
    }
  }
}

extension Diagnostic {
  /// The server's sentence, as ConfFileCheck has those of postgresql.conf.
  fileprivate static func refused(_ sentence: String, at range: SourceRange) -> Diagnostic {
    Diagnostic("refused-by-server", .error, "\(text: sentence)", at: range)
  }
}
