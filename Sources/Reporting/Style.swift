import Diagnostics

/// The style of a report.
package struct Style: Hashable, Sendable {
  /// Whether the reader understands ANSI colours (ECMA-48, SGR).
  package let color: Bool

  package init(color: Bool) { self.color = color }

  package static let plain = Style(color: false)

  /// The role of a piece of text; each role has one style.
  package enum Role: Sendable {
    case location, error, warning, note, rule, gutter, caret, hint

    fileprivate var codes: String {
      switch self {
      case .location: "1"
      case .error: "1;31"
      case .warning: "1;33"
      case .note, .hint: "1;36"
      case .rule: "2"
      case .gutter: "34"
      case .caret: "1;32"
      }
    }
  }

  package func paint(_ text: String, _ role: Role) -> String {
    color ? "\u{1B}[\(role.codes)m\(text)\u{1B}[0m" : text
  }
}

extension Severity {
  var role: Style.Role {
    switch self {
    case .error: .error
    case .warning: .warning
    case .note: .note
    }
  }
}
