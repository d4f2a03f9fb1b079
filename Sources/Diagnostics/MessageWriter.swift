import SourceText

/// Writes messages for people. This is the only place that escapes text from elsewhere, and
/// masks it where it would show a secret.
package struct MessageWriter: Sendable {
  /// Shown in place of a secret.
  package static let mask = "***"
  /// Shown in place of what is left out.
  package static let ellipsis = "…"

  /// The longest name or value of a finding that is shown whole, in characters.
  private static let longest = 100

  private let secrets: SecretTexts

  /// - Parameter secrets: What no message may show.
  package init(hiding secrets: SecretTexts = .none) { self.secrets = secrets }

  /// A fact on one line, except for line breaks in our own words. Long names and values in
  /// it lose their middle: the place that is reported shows what they are.
  package func text(of message: Diagnostic.Message) -> String {
    text(of: message) { part, kind in kind == .text ? part : Self.abridged(part) }
  }

  /// A message whose names and values are there to be copied, such as a hint or a path.
  package func wholeText(of message: Diagnostic.Message) -> String {
    text(of: message) { part, _ in part }
  }

  private func text(
    of message: Diagnostic.Message,
    _ cut: (String, Diagnostic.Message.Part.Kind) -> String
  ) -> String {
    guard !message.parts.isEmpty else { return message.text }
    let source = message.text.utf8
    func slice(_ range: Range<Int>) -> String {
      let start = source.index(source.startIndex, offsetBy: range.lowerBound)
      return String(message.text[start..<source.index(start, offsetBy: range.count)])
    }
    var text = ""
    var offset = 0
    for part in message.parts {
      text += slice(offset..<part.range.lowerBound)
      text += VisibleText.escaping(cut(shown(slice(part.range), part), part.kind))
      offset = part.range.upperBound
    }
    return text + slice(offset..<source.count)
  }

  /// The beginning and the end of a long name or value.
  private static func abridged(_ text: String) -> String {
    // Counting characters is slow, and hardly any text is long.
    guard text.utf8.count > longest, text.count > longest else { return text }
    return text.prefix(longest * 2 / 3) + ellipsis + text.suffix(longest / 3)
  }

  private func shown(_ text: String, _ part: Diagnostic.Message.Part) -> String {
    guard !secrets.isEmpty else { return text }
    // A secret of which only a part is left would not be recognised.
    if part.isCut { return Self.mask }
    return switch part.kind {
    case .name: secrets.areShown(byName: text) ? Self.mask : text
    case .value: secrets.areShown(byValue: text) ? Self.mask : text
    case .text: secrets.masked(in: text)
    }
  }
}
