import Admission
import Diagnostics
import PostgreSQL
import Reporting
import SourceText
import TopologyModel

extension AdmissionAnswer {
  /// The answer for people, each line with its line break.
  func text(_ style: Style) -> String {
    var lines = ["\(headline)"]
    if let sentence { lines.append("  message: \(sentence)") }
    if let number = verdict.recordNumber {
      if case .unknown(_, let uncertainty) = verdict {
        lines.append("  because: \(uncertainty.fact)")
      } else {
        lines.append("  method:  " + book.records[number].method.rawValue)
      }
      lines.append("  record:  " + VisibleText.escaping(book.records[number].textWithoutOptions))
      lines.append("  origin:  \(book.origins[number].text)")
    }
    lines += earlierLines
    lines += question.notes.map { style.paint("note:", .note) + " \($0.message)" }
    if let hint { lines.append(style.paint("hint:", .hint) + " \(hint)") }
    return lines.map { $0 + "\n" }.joined()
  }

  private var earlierLines: [String] {
    let earlier = earlier
    guard !earlier.isEmpty else { return [] }
    let title =
      switch (verdict.recordNumber, earlier.count) {
      case (nil, _): "no record matches:"
      case (_, 1): "the record before it does not match:"
      case (_, let count): "the \(count) records before it do not match:"
      }
    return [title]
      + earlier.map { number, mismatch in
        let reason = mismatch.reason(book.records[number], question.connection)
        return "  \(book.origins[number].text): \(reason)"
      }
  }

  private var headline: Diagnostic.Message {
    let server: Diagnostic.Message =
      question.node.map { "node \(name: $0.name)" } ?? "\(text: book.path)"
    let target: Diagnostic.Message =
      switch question.connection.target {
      case .physicalReplication: "for replication"
      case .database(let name): "to database \(name: name)"
      }
    let kind = question.connection.type.text(question.sourceName)
    let what: Diagnostic.Message =
      "user \(name: question.connection.user) \(target) \(kind)"
    return switch verdict {
    case .admitted: "\(server) lets in \(what)"
    case .rejected, .unmatched: "\(server) turns away \(what)"
    case .unknown: "only the server knows whether \(server) lets in \(what)"
    }
  }
}

extension HBAConnection.Kind {
  fileprivate func text(_ source: Diagnostic.Message?) -> Diagnostic.Message {
    guard case .tcp(let address, let encryption) = self else { return "over the socket" }
    let name: Diagnostic.Message = source.map { " (\($0))" } ?? ""
    return "from \(address)\(name), \(text: encryption.text)"
  }
}

extension AdmissionAnswer {
  /// What to write to let the connection in, or to know more.
  var hint: Diagnostic.Message? {
    if case .unknown(_, let uncertainty) = verdict { return uncertainty.hint(question) }
    return admittingHint
  }
}

extension HBAUncertainty {
  fileprivate func hint(_ question: ConnectionQuestion) -> Diagnostic.Message? {
    switch self {
    case .hostName:
      // check_hostname in hba.c looks for the name of the address first.
      question.node == nil
        ? "Write the address itself: it needs no look-up."
        : "Write the address itself: the server asks for the name of the address first, and "
          + "Docker answers with that of a container, such as app-replica-1.app."
    case .samehost, .samenet:
      question.node == nil
        ? "Name the server's addresses, as in --server 172.22.0.100/24." : nil
    case .regex: nil
    }
  }
}
