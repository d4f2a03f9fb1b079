import SourceText

/// Writes messages for people. This is the only place that escapes text from elsewhere, and
/// masks it where it would show a secret.
package struct MessageWriter: Sendable {
  /// Shown in place of a secret.
  package static let mask = "***"

  private let secrets: SecretTexts

  /// - Parameter secrets: What no message may show.
  package init(hiding secrets: SecretTexts = .none) { self.secrets = secrets }

  /// The message on one line, except for line breaks in our own words.
  package func text(of message: Diagnostic.Message) -> String {
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
      text += VisibleText.escaping(shown(slice(part.range), part.kind))
      offset = part.range.upperBound
    }
    return text + slice(offset..<source.count)
  }

  private func shown(_ text: String, _ kind: Diagnostic.Message.Part.Kind) -> String {
    guard !secrets.isEmpty else { return text }
    return switch kind {
    case .name: secrets.areShown(byName: text) ? Self.mask : text
    case .value: secrets.areShown(byValue: text) ? Self.mask : text
    case .text: secrets.masked(in: text)
    }
  }
}
