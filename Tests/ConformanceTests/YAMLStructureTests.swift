import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import YAMLSyntax

/// Our reading of YAML compared with PyYAML's: the same keys, lists and texts. Whether a
/// text means a number or a word is not compared, since PyYAML implements YAML 1.1.
@Suite struct YAMLStructureTests {
  /// Files that PyYAML reads and we refuse on purpose, by reason.
  private static let onlyPyYAMLReads: Set<String> = [
    // It looks for a byte order mark and decodes UTF-16.
    "invalid/utf-16",
    // Its limits are Python's stack and memory.
    "invalid/nested-too-deep", "invalid/alias-bomb", "invalid/recursive-alias",
    // libyaml requires a blank after the colon of an unquoted key.
    "invalid/colon-without-value-in-braces",
    // Nobody looks at a tag before objects are constructed.
    "invalid/unsupported-tag",
    // Values that no rendered file could contain, and names that only look right.
    "invalid/nul-escape", "invalid/byte-order-mark-inside",
  ]

  @Test(.enabled(if: PythonScript.isRunnable(importing: "yaml"), "PyYAML is not installed"))
  func readsEveryFileOfTheCorpusAsPyYAMLDoes() throws {
    let names = Corpus.all
    let files = try names.map { try Corpus.source($0) }
    let input = try JSONSerialization.data(
      withJSONObject: files.map { Data($0.bytes).base64EncodedString() })
    let output = try JSONSerialization.jsonObject(
      with: PythonScript.run(Self.program, input: input))
    let theirs = try #require(output as? [String])
    try #require(theirs.count == names.count)
    var refusedByUsAlone: Set<String> = []
    for (name, (file, their)) in zip(names, zip(files, theirs)) {
      let our = Self.structure(of: file)
      if our == nil, !their.isEmpty {
        refusedByUsAlone.insert(name)
      } else {
        #expect((our ?? "") == their, "\(name)")
      }
    }
    #expect(refusedByUsAlone == Self.onlyPyYAMLReads)
  }

  /// The document in a notation without types; nil if it cannot be read.
  private static func structure(of file: SourceFile) -> String? {
    var diagnostics: [Diagnostic] = []
    guard let document = YAMLDocument.parse(file, &diagnostics) else { return nil }
    return document.root.map(text) ?? "nothing"
  }

  private static func text(of node: YAMLNode) -> String {
    switch node.kind {
    case .scalar:
      let codes = (node.scalar?.text ?? "").unicodeScalars.map { String($0.value) }
      return "<" + codes.joined(separator: " ") + ">"
    case .sequence: return "[" + node.items.map(text).joined(separator: ",") + "]"
    case .mapping:
      let pairs = node.entries.map { text(of: $0.key) + ":" + text(of: $0.value) }
      return "{" + pairs.joined(separator: ",") + "}"
    }
  }

  private static let program = """
    import base64, json, sys, yaml

    def text(node):
        if isinstance(node, yaml.ScalarNode):
            return "<" + " ".join(str(ord(letter)) for letter in node.value) + ">"
        if isinstance(node, yaml.SequenceNode):
            return "[" + ",".join(text(item) for item in node.value) + "]"
        return "{" + ",".join(text(key) + ":" + text(value) for key, value in node.value) + "}"

    def size(node, sizes):
        if id(node) not in sizes:
            sizes[id(node)] = 1
            below = [] if isinstance(node, yaml.ScalarNode) else node.value
            for item in below:
                for part in item if isinstance(item, tuple) else [item]:
                    sizes[id(node)] += size(part, sizes)
        return sizes[id(node)]

    def read(data):
        try:
            root = yaml.compose(data, Loader=yaml.SafeLoader)
            if root is None:
                return "nothing"
            return text(root) if size(root, {}) < 100000 else "too much"
        except RecursionError:
            return "endless"
        except (yaml.YAMLError, UnicodeDecodeError):
            return ""

    print(json.dumps([read(base64.b64decode(file)) for file in json.load(sys.stdin)]))
    """
}
