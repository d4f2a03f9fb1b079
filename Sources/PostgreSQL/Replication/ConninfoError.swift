import SourceText

extension Conninfo {
  /// Why libpq does not accept a text as a connection string.
  package struct ParseError: Error, Hashable, Sendable {
    package enum Reason: Error, Hashable, Sendable {
      case missingEquals(after: String)
      case unterminatedQuote
      case invalidOption(String)
      /// No `]` after a `[`.
      case unclosedBracket
      case emptyIPv6Host
      /// After a `]`; the position is counted from 1.
      case unexpectedByte(UInt8, position: Int)
      case invalidPercentToken(String)
      case forbiddenNUL(String)
      /// Since 18.
      case unexpectedSpaces(String)
      case missingQuerySeparator(String)
      case extraQuerySeparator(String)
      case invalidQueryParameter(String)
    }

    package let reason: Reason
    /// The whole connection string, which may contain a password.
    let text: String
  }
}

extension Conninfo.ParseError: CustomStringConvertible {
  /// libpq's sentence, with `…` for quoted text that may be a password, or the rest of one
  /// that should have been in quotes.
  package var description: String { sentence(mayHoldSecrets ? "…" : nil) }

  /// libpq's sentence including any passwords: not for messages.
  package var libpqSentence: String { sentence(nil) }

  private var mayHoldSecrets: Bool {
    let lowercased = text.asciiLowercased
    let isURL = text.utf8.starts(with: "postgres".utf8) && lowercased.contains("://")
    return ["pass", "secret", "_key"].contains { lowercased.contains($0) }
      // A user and a password, or a keyword whose letters are percent-encoded.
      || isURL && text.utf8.contains { $0 == UInt8(ascii: "@") || $0 == UInt8(ascii: "%") }
  }

  private func sentence(_ mask: String?) -> String {
    func quoted(_ text: String) -> String { "\"\(mask ?? text)\"" }
    return switch reason {
    case .missingEquals(let name): "missing \"=\" after \(quoted(name)) in connection info string"
    case .unterminatedQuote: "unterminated quoted string in connection info string"
    case .invalidOption(let name): "invalid connection option \(quoted(name))"
    case .unclosedBracket:
      "end of string reached when looking for matching \"]\" in IPv6 host address in URI: "
        + quoted(text)
    case .emptyIPv6Host: "IPv6 host address may not be empty in URI: \(quoted(text))"
    case .unexpectedByte(let byte, let position):
      "unexpected character \(quoted(String(decoding: [byte], as: UTF8.self))) at position "
        + "\(position) in URI (expected \":\" or \"/\"): \(quoted(text))"
    case .invalidPercentToken(let part): "invalid percent-encoded token: \(quoted(part))"
    case .forbiddenNUL(let part):
      "forbidden value %00 in percent-encoded value: \(quoted(part))"
    case .unexpectedSpaces(let part):
      "unexpected spaces found in \(quoted(part)), use percent-encoded spaces (%20) instead"
    case .missingQuerySeparator(let name):
      "missing key/value separator \"=\" in URI query parameter: \(quoted(name))"
    case .extraQuerySeparator(let name):
      "extra key/value separator \"=\" in URI query parameter: \(quoted(name))"
    case .invalidQueryParameter(let name): "invalid URI query parameter: \(quoted(name))"
    }
  }
}
