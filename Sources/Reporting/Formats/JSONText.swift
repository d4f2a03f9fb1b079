import Diagnostics
import SourceText

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values as JSON (RFC 8259), indented and with sorted keys, so that equal values give
/// equal bytes in every run.
package enum JSONText {
  /// The text, ending with a line break.
  ///
  /// Encoding can fail only for a number that is not finite, and reports contain none.
  package static func of(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return escaping(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// JSON requires escapes only for ASCII's control characters. The others occur only
  /// inside strings, where an escape means the same and no terminal obeys it.
  private static func escaping(_ text: String) -> String {
    guard text.unicodeScalars.contains(where: \.isInvisibleControl) else { return text }
    var escaped = ""
    for scalar in text.unicodeScalars {
      if scalar.isInvisibleControl {
        let digits = String(scalar.value, radix: 16)
        escaped += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      } else {
        escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
