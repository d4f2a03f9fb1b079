import SchemaCoding

extension JSONValue {
  /// The value as JSON text (RFC 8259), indented by two spaces, with sorted keys.
  var text: String { text(indentation: "") }

  private func text(indentation: String) -> String {
    let inner = indentation + "  "
    switch self {
    case .string(let text): return Self.quoted(text)
    case .integer(let number): return String(number)
    case .boolean(let isTrue): return isTrue ? "true" : "false"
    case .array(let items):
      let lines = items.map { inner + $0.text(indentation: inner) }
      return Self.block("[", lines, "]", indentation)
    case .object(let members):
      let lines = members.sorted { $0.key < $1.key }.map { name, value in
        "\(inner)\(Self.quoted(name)): \(value.text(indentation: inner))"
      }
      return Self.block("{", lines, "}", indentation)
    }
  }

  private static func block(
    _ open: String, _ lines: [String], _ close: String, _ indentation: String
  ) -> String {
    guard !lines.isEmpty else { return open + close }
    return "\(open)\n\(lines.joined(separator: ",\n"))\n\(indentation)\(close)"
  }

  private static func quoted(_ text: String) -> String {
    var quoted = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": quoted += "\\\""
      case "\\": quoted += "\\\\"
      case "\n": quoted += "\\n"
      case "\r": quoted += "\\r"
      case "\t": quoted += "\\t"
      case "\0"..<" ":
        let digits = String(scalar.value, radix: 16)
        quoted += "\\u" + String(repeating: "0", count: 4 - digits.utf8.count) + digits
      default: quoted.unicodeScalars.append(scalar)
      }
    }
    return quoted + "\""
  }
}
