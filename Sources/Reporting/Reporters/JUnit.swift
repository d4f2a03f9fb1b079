import Diagnostics
import SourceText

extension Reporter {
  /// For viewers of test results. A file is a suite; a file without findings is a test that
  /// passed.
  package static let junit = Reporter(
    .junit, summary: "XML as JUnit's reporters write it: a suite for each file."
  ) { report, _ in
    let findings = Dictionary(grouping: report.diagnostics, by: \.range.file)
    let suites = report.files.map { report.suite(of: $0, findings[$0.id] ?? []) }
    return XMLElement(
      "testsuites",
      [
        "name": "pgtopo", "tests": String(suites.reduce(0) { $0 + $1.tests }),
        "failures": String(suites.reduce(0) { $0 + $1.failures }), "errors": "0",
      ], suites.map(\.element)
    ).document
  }
}

private struct Suite {
  let tests: Int
  let failures: Int
  let element: XMLElement
}

extension Report {
  fileprivate func suite(of file: SourceFile, _ findings: [Diagnostic]) -> Suite {
    let path = VisibleText.escaping(file.path)
    let cases =
      findings.isEmpty
      ? [XMLElement("testcase", ["name": "pgtopo lint", "classname": path])]
      : findings.map { testCase(of: $0, path) }
    let failures = findings.count { $0.severity > .note }
    let element = XMLElement(
      "testsuite",
      [
        "name": path, "tests": String(cases.count), "failures": String(failures), "errors": "0",
        "skipped": "0",
      ], cases)
    return Suite(tests: cases.count, failures: failures, element: element)
  }

  /// A note is not a failure, just as by default it does not affect the exit status.
  private func testCase(of diagnostic: Diagnostic, _ path: String) -> XMLElement {
    let file = file(at: diagnostic.range)
    let start = file.positions(of: diagnostic.range).start
    let text = text(of: diagnostic, .plain)
    let message = file.writer(about: diagnostic.range).text(of: diagnostic.message)
    let detail =
      diagnostic.severity == .note
      ? XMLElement("system-out", [:], text: text)
      : XMLElement(
        "failure", ["type": diagnostic.severity.rawValue, "message": message], text: text)
    return XMLElement(
      "testcase",
      ["name": "\(diagnostic.id) at \(start.line):\(start.column)", "classname": path], [detail])
  }
}
