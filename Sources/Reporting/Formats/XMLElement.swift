import SourceText

/// One element of an XML 1.0 document.
struct XMLElement {
  let name: String
  let attributes: KeyValuePairs<String, String>
  /// The content; text and elements are never mixed.
  let content: Content

  enum Content {
    case text(String)
    case elements([XMLElement])
  }

  init(_ name: String, _ attributes: KeyValuePairs<String, String>, _ elements: [XMLElement] = []) {
    (self.name, self.attributes, content) = (name, attributes, .elements(elements))
  }

  init(_ name: String, _ attributes: KeyValuePairs<String, String>, text: String) {
    (self.name, self.attributes, content) = (name, attributes, .text(text))
  }

  /// The document that has this element as its root.
  var document: String { "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n" + text(indentation: "") }

  private func text(indentation: String) -> String {
    let start =
      "\(indentation)<\(name)"
      + attributes.map { " \($0)=\"\(Self.escaping($1))\"" }.joined()
    switch content {
    case .text(let text): return "\(start)>\(Self.escaping(text, keepingLines: true))</\(name)>\n"
    case .elements(let elements) where elements.isEmpty: return "\(start)/>\n"
    case .elements(let elements):
      let inner = elements.map { $0.text(indentation: indentation + "  ") }.joined()
      return "\(start)>\n\(inner)\(indentation)</\(name)>\n"
    }
  }

  /// Markup becomes references, and so does white space that a reader would normalise to
  /// spaces in attributes (XML 1.0, 3.3.3). Characters that XML cannot contain become U+FFFD.
  private static func escaping(_ text: String, keepingLines: Bool = false) -> String {
    var escaped = ""
    for scalar in text.unicodeScalars {
      switch scalar.value {
      case 0x26: escaped += "&amp;"
      case 0x3C: escaped += "&lt;"
      case 0x3E: escaped += "&gt;"
      case 0x22: escaped += "&quot;"
      case 0x0A where keepingLines: escaped += "\n"
      case 0x09, 0x0A, 0x0D: escaped += "&#\(scalar.value);"
      case 0x00..<0x20, 0xFFFE, 0xFFFF: escaped += "\u{FFFD}"
      default: escaped.unicodeScalars.append(scalar)
      }
    }
    return escaped
  }
}
