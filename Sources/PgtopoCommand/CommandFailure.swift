import Diagnostics

/// Why a command could not do its work, or a part of it: what is told, and the exit status.
struct CommandFailure: Error {
  /// Each line with its line break.
  let text: String
  let status: ExitStatus

  /// Complains in PostgreSQL's style: a lowercase fact, and what to do in full sentences.
  init(
    _ message: Diagnostic.Message, hint: Diagnostic.Message? = nil,
    status: ExitStatus = .failure
  ) {
    let writer = MessageWriter()
    text =
      "pgtopo: \(writer.text(of: message))\n"
      + (hint.map { "hint: \(writer.text(of: $0))\n" } ?? "")
    self.status = status
  }

  /// The findings in a file that the command cannot go on without, as they are reported.
  init(report: String) { (text, status) = (report, .failure) }

  /// Several at once; the status is that of the first.
  init(_ failures: [CommandFailure], hint: Diagnostic.Message? = nil) {
    text =
      failures.map(\.text).joined()
      + (hint.map { "hint: \(MessageWriter().text(of: $0))\n" } ?? "")
    status = failures.first?.status ?? .failure
  }

  /// A file that the system does not let us read; `-` is standard input.
  init(reading file: String, _ error: FileError) {
    let reason: Diagnostic.Message = "\(text: error.reason)"
    self.init(
      file == "-"
        ? "could not read standard input: \(reason)"
        : "could not read file \(name: file): \(reason)")
  }
}

extension Outcome {
  /// Tells a failure, and goes on with what else there is to say.
  mutating func tell(_ failure: CommandFailure) {
    if failure.status.rawValue > status.rawValue { status = failure.status }
    errors += failure.text
  }
}
