import PostgresConfig
import Reporting
import TopologyModel

extension AdmissionAnswer {
  /// The answer for people, each line with its line break.
  func text(_ style: Style) -> String {
    var lines = [headline.visible]
    if let sentence { lines.append("  message: " + sentence.visible) }
    if let number = verdict.recordNumber {
      let entry = book.entries[number]
      if case .unknown(_, let uncertainty) = verdict {
        lines.append("  because: " + uncertainty.fact.visible)
      } else {
        lines.append("  method:  " + entry.record.method.rawValue)
      }
      lines.append("  record:  " + entry.text.visible)
      lines.append("  origin:  " + "\(entry.origin)".visible)
    }
    lines += earlierLines
    lines += question.notes.map { style.paint("note:", .note) + " " + $0.visible }
    if let hint { lines.append(style.paint("hint:", .hint) + " " + hint.visible) }
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
        let entry = book.entries[number]
        return "  \(entry.origin): \(mismatch.reason(entry.record, question.connection))".visible
      }
  }

  private var headline: String {
    let server = question.node.map { "node \"\($0.name)\"" } ?? book.path
    let target =
      switch question.connection.target {
      case .physicalReplication: "for replication"
      case .database(let name): "to database \"\(name)\""
      }
    let what =
      "user \"\(question.connection.user)\" \(target) "
      + question.connection.type.text(question.sourceName)
    return switch verdict {
    case .admitted: "\(server) lets in \(what)"
    case .rejected, .unmatched: "\(server) turns away \(what)"
    case .unknown: "only the server knows whether \(server) lets in \(what)"
    }
  }
}

extension String {
  /// Fit for a terminal.
  var visible: String { VisibleText.escaping(HBAText.display(self)) }
}

extension HBAConnection.Kind {
  fileprivate func text(_ source: String?) -> String {
    guard case .tcp(let address, let encryption) = self else { return "over the socket" }
    let name = source.map { " (\($0))" } ?? ""
    return "from \(address)\(name), \(encryption.text)"
  }
}

extension HBAConnection.Encryption {
  /// `with TLS` and the like.
  var text: String {
    switch self {
    case .none: "without encryption"
    case .tls: "with TLS"
    case .gss: "with GSSAPI encryption"
    }
  }
}
