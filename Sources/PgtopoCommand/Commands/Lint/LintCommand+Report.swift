import Diagnostics
import Reporting
import SourceText
import Workspace

/// What the command says when the work is done.
extension LintCommand {
  /// Reports what was found. When standard output is for a fixed text, on the other stream.
  func report(
    _ result: LintRun.Result, _ files: [SourceFile], _ run: LintRun,
    to destinations: [ReportDestination], closing: String
  ) -> Outcome {
    let environment = run.environment
    let report = Report(
      result.judgement.diagnostics, files: files, context: .lint(in: environment),
      limit: limit.maxFindings)
    let stream: Environment.Stream = fixes.fix && paths == ["-"] ? .errors : .output
    var outcome = Outcome(status: result.judgement.fails(run.policies) ? .findings : .clean)
    for destination in destinations {
      let style = destination.file == nil ? color.style(for: stream, in: environment) : .plain
      let text = reports.text(
        of: report, destination.reporter, style, closing: quiet ? "" : closing)
      switch (destination.file, stream) {
      case (nil, .output): outcome.output += text
      case (nil, .errors): outcome.errors += text
      case (let file?, _):
        do throws(CommandError) {
          try ReportDestination.write(text, to: file, sparing: files, in: environment)
        } catch {
          outcome.tell(error)
        }
      }
    }
    return outcome
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
  func difference(
    _ fixing: FixRun, over files: [SourceFile], in environment: Environment
  ) -> Outcome {
    let style = color.style(for: .output, in: environment)
    let text = zip(files, fixing.files).map { UnifiedDiff(from: $0, to: $1, style).text }.joined()
    guard fixing.fixedCount > 0 else { return Outcome(output: text) }
    let summary = "\(Report.count(fixing.fixedCount, "fix", "fixes")) not written\n"
    return Outcome(status: .findings, output: text, errors: quiet ? "" : summary)
  }

  /// The fixed text of standard input.
  func printed(_ files: [SourceFile]) -> Outcome {
    var outcome = Outcome()
    for file in files {
      if let text = String(validating: file.bytes, as: UTF8.self) {
        outcome.output += text
      } else {
        outcome.tell(
          CommandError("\(text: stdinFilename) is not UTF-8 and is not printed"))
      }
    }
    return outcome
  }
}

extension Report {
  fileprivate static func count(_ number: Int, _ noun: String, _ plural: String) -> String {
    "\(number) \(number == 1 ? noun : plural)"
  }
}

extension FixRun {
  /// One line for each finding whose fix was not taken.
  var refusals: String {
    let mentioned = Set(refused.map(\.range.file))
    var known: [SourceFile.ID: (path: String, lines: LineTable)] = [:]
    for file in files where mentioned.contains(file.id) {
      known[file.id] = (file.path, LineTable(file.bytes))
    }
    return refused.map { diagnostic in
      let file = known[diagnostic.range.file]
      let line = file?.lines.position(at: diagnostic.range.lowerBound).line ?? 0
      let refusal: Diagnostic.Message = """
        the fix of \(name: diagnostic.id) in line \(line) of \(name: file?.path ?? "?") was not \
        taken: the file could not be read afterwards
        """
      return "pgtopo: \(refusal)\n"
    }.joined()
  }
}
