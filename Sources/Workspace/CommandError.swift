package import Diagnostics

/// What the exit status of every command means.
package enum ExitStatus: Int32, Sendable {
  /// Nothing to report.
  case clean = 0
  /// The command did its work and found something: a diagnostic worse than a note, or a
  /// render that is not what it should be.
  case findings = 1
  /// The command could not do its work, bad usage included.
  case failure = 2
}

/// Why a command could not do its work, or a part of it: what is told, and the exit status.
///
/// It is what this module throws. Only the closures of `Environment` throw the system's own
/// words, as a `FileError`.
package struct CommandError: Error {
  /// Each line with its line break.
  package let text: String
  package let status: ExitStatus

  /// Complains in PostgreSQL's style: a lowercase fact, and what to do in full sentences.
  package init(
    _ message: Diagnostic.Message, hint: Diagnostic.Message? = nil,
    status: ExitStatus = .failure
  ) {
    let writer = MessageWriter()
    text =
      "pgtopo: \(writer.wholeText(of: message))\n"
      + (hint.map { "hint: \(writer.wholeText(of: $0))\n" } ?? "")
    self.status = status
  }

  /// The findings in a file that the command cannot go on without, as they are reported.
  package init(report: String) { (text, status) = (report, .failure) }

  /// Several at once; the status is that of the first.
  package init(_ failures: [CommandError], hint: Diagnostic.Message? = nil) {
    text =
      failures.map(\.text).joined()
      + (hint.map { "hint: \(MessageWriter().wholeText(of: $0))\n" } ?? "")
    status = failures.first?.status ?? .failure
  }

  /// A file that the system does not let us read; `-` is standard input.
  package init(reading file: String, _ error: FileError) {
    let reason: Diagnostic.Message = "\(text: error.reason)"
    self.init(
      file == "-"
        ? "could not read standard input: \(reason)"
        : "could not read file \(name: file): \(reason)")
  }
}
