import Diagnostics
import Reporting

/// What the command says when the work is done.
extension LintCommand {
  /// Reports what was found. When standard output is for a fixed text, on the other stream.
  func report(
    _ judgement: Judgement, _ files: [SourceFile], to destinations: [ReportDestination],
    closing: String, in environment: Environment, _ outcome: inout Outcome
  ) {
    let report = Report(judgement.diagnostics, files: files, context: .lint(in: environment))
    let stream: Environment.Stream = fixes.fix && paths == ["-"] ? .errors : .output
    for destination in destinations {
      let style = destination.file == nil ? color.style(for: stream, in: environment) : .plain
      let text = reports.text(
        of: report, destination.reporter, style, closing: quiet ? "" : closing)
      destination.write(text, files, to: stream, in: environment, &outcome)
    }
  }

  func fail(_ judgement: Judgement, _ policies: LintPolicies, _ outcome: inout Outcome) {
    if judgement.fails(policies), outcome.status == .clean { outcome.status = .findings }
  }

  /// The closing lines: what there is, what was fixed, what could be.
  func closing(_ result: LintRun.Result, fixed: Int = 0) -> String {
    let diagnostics = result.judgement.diagnostics
    let safe = diagnostics.count { $0.fix(allowingUnsafe: false) != nil }
    let unsafe = diagnostics.count { $0.fix(allowingUnsafe: true) != nil } - safe
    var parts = diagnostics.isEmpty ? [] : [Report(diagnostics, files: []).summary]
    if fixed > 0 { parts.append("\(fixed) fixed") }
    if safe > 0, !fixes.fix { parts.append("\(safe) fixable with \"--fix\"") }
    if unsafe > 0, !fixes.unsafeFixes {
      parts.append("\(unsafe) fixable with \"--fix --unsafe-fixes\"")
    }
    var text = parts.isEmpty ? "" : parts.joined(separator: "; ") + "\n"
    if result.unneeded > 0 {
      let entries = result.unneeded == 1 ? "1 entry" : "\(result.unneeded) entries"
      text += "\(entries) of the baseline no longer needed: \"--write-baseline\" writes it anew\n"
    }
    return text
  }

  /// Only the difference goes to standard output, so that it can be piped into `patch`.
  func showDiff(
    _ fixing: FixRun, over files: [SourceFile], in environment: Environment,
    _ outcome: inout Outcome
  ) {
    let style = color.style(for: .output, in: environment)
    for (old, new) in zip(files, fixing.files) {
      outcome.output += UnifiedDiff(from: old, to: new, style).text
    }
    guard fixing.fixedCount > 0 else { return }
    if !quiet {
      outcome.errors += "\(Report.count(fixing.fixedCount, "fix", "fixes")) not written\n"
    }
    if outcome.status == .clean { outcome.status = .findings }
  }
}

extension Report {
  fileprivate static func count(_ number: Int, _ noun: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? noun : plural)"
  }
}

extension Outcome {
  /// Prints the fixed text of standard input.
  mutating func print(_ files: [SourceFile], _ name: String) {
    for file in files {
      guard let text = String(validating: file.bytes, as: UTF8.self) else {
        fail("\(name) is not UTF-8 and is not printed")
        continue
      }
      output += text
    }
  }
}

extension FixRun {
  /// One line for each finding whose fix was not taken.
  var refusals: String {
    refused.map { diagnostic in
      let file = files.first { $0.id == diagnostic.range.file }
      let line =
        file.map { LineTable($0.bytes).position(at: diagnostic.range.lowerBound).line } ?? 0
      return "pgtopo: the fix of \"\(diagnostic.id)\" in line \(line) of \"\(file?.path ?? "?")\" "
        + "was not taken: the file could not be read afterwards\n"
    }.joined()
  }
}
