import Diagnostics
import SourceText
import Testing
import YAMLSyntax

/// The result of reading a text: the document, and the diagnostics.
struct Reading {
  let document: YAMLDocument?
  let diagnostics: [Diagnostic]
  let bytes: [UInt8]

  init(_ text: String) { self.init(bytes: Array(text.utf8)) }

  init(bytes: [UInt8]) {
    self.bytes = bytes
    var diagnostics: [Diagnostic] = []
    document = YAMLDocument.parse(SourceFile(path: "t.yml", bytes: bytes), &diagnostics)
    self.diagnostics = diagnostics
  }

  /// The offsets of every node, keys included.
  var ranges: [Range<Int>] { document?.root.map(Self.ranges) ?? [] }

  private static func ranges(of node: YAMLNode) -> [Range<Int>] {
    node.entries.flatMap { ranges(of: $0.key) + ranges(of: $0.value) }
      + node.items.flatMap { ranges(of: $0) } + [node.range.offsets]
  }

  /// The texts and collections of the document in JSON's notation.
  var structure: String? { document?.root.map(Self.structure) }

  private static func structure(of node: YAMLNode) -> String {
    switch node.kind {
    case .scalar: node.scalar?.text.debugDescription ?? ""
    case .sequence: "[" + node.items.map(structure).joined(separator: ", ") + "]"
    case .mapping:
      "{"
        + node.entries.map { structure(of: $0.key) + ": " + structure(of: $0.value) }
        .joined(separator: ", ") + "}"
    }
  }

  /// The only message and the text it points at.
  func complaint(_ location: Testing.SourceLocation = #_sourceLocation) throws -> (String, String) {
    try #require(diagnostics.count == 1, sourceLocation: location)
    let diagnostic = diagnostics[0]
    let text = String(decoding: bytes[diagnostic.range.offsets], as: UTF8.self)
    return (diagnostic.message.description, text)
  }
}
