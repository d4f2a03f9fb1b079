import Diagnostics
import SourceText

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Values as JSON (RFC 8259): indented, with sorted keys, so that the same value is the same
/// bytes in every run.
package enum JSONText {
  /// The text, with a line break at its end.
  ///
  /// Only a number that is not finite cannot be encoded, and there is none in what is
  /// reported.
  package static func of(_ value: some Encodable) -> String {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
    do {
      return escaping(String(decoding: try encoder.encode(value), as: UTF8.self)) + "\n"
    } catch {
      preconditionFailure("\(error)")
    }
  }

  /// JSON asks for escapes of ASCII's controls only. The others are only inside
  /// strings, where the escape means the same and no terminal obeys it.
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
