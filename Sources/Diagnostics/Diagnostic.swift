package import SourceText

/// Something to tell the user about a source file.
package struct Diagnostic: Hashable, Sendable {
  package let id: ID
  package let severity: Severity
  /// A short fact, in lower case, on one line, without a full stop.
  package let message: Message
  package let range: SourceRange
  /// Other places that explain the message.
  package let notes: [Note]
  /// What to do about it, in complete sentences.
  package let hint: Message?
  /// Ways to remove the cause, the best first; only one of them is to be applied.
  package let fixes: [Fix]

  package init(
    _ id: ID, _ severity: Severity, _ message: Message, at range: SourceRange,
    notes: [Note] = [], hint: Message? = nil, fixes: [Fix] = []
  ) {
    (self.id, self.severity, self.message, self.range) = (id, severity, message, range)
    (self.notes, self.hint, self.fixes) = (notes, hint, fixes)
  }
}

extension Diagnostic {
  /// The same diagnostic with another severity.
  package func with(_ severity: Severity) -> Diagnostic {
    Diagnostic(id, severity, message, at: range, notes: notes, hint: hint, fixes: fixes)
  }
}

/// How much a diagnostic matters, from least to most.
package enum Severity: String, CaseIterable, Hashable, Sendable, Comparable {
  case note, warning, error

  package static func < (a: Severity, b: Severity) -> Bool { a.rank < b.rank }

  private var rank: Int {
    switch self {
    case .note: 0
    case .warning: 1
    case .error: 2
    }
  }
}

extension Diagnostic {
  /// A stable kebab-case name, as users write it after `allow`.
  package struct ID: Hashable, Sendable, Comparable, ExpressibleByStringLiteral,
    CustomStringConvertible
  {
    package let description: String
    package init(stringLiteral name: String) { description = name }
    package static func < (a: ID, b: ID) -> Bool { a.description < b.description }
  }

  /// A second place, and how it relates to the first.
  package struct Note: Hashable, Sendable {
    package let message: Message
    package let range: SourceRange
    package init(_ message: Message, at range: SourceRange) {
      (self.message, self.range) = (message, range)
    }
  }
}
