import Diagnostics
import Foundation
import SchemaCoding
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender

/// The JSON Schema and the decoder, on every file of the corpus: an editor must not
/// complain about what we accept, and should complain about what we do not.
@Suite struct JSONSchemaTests {
  private enum Verdict: String { case accepted, refused, unreadable }

  private static func verdicts(_ names: [String]) throws -> [String: Verdict] {
    let files = try names.map { Data(try Corpus.source($0).bytes).base64EncodedString() }
    let schema = Schema.topology(for: RenderTarget.compose.target).shape.jsonSchema(
      id: "https://example.com/topology.schema.json", title: "pgtopo topology")
    let input = try JSONSerialization.data(
      withJSONObject: ["schema": schema.foundationValue, "files": files])
    let output = try JSONSerialization.jsonObject(with: PythonScript.run(program, input: input))
    let words = try #require(output as? [String])
    try #require(words.count == names.count)
    return try Dictionary(
      uniqueKeysWithValues: zip(names, words).map { ($0, try #require(Verdict(rawValue: $1))) })
  }

  private static let isRunnable = PythonScript.isRunnable(importing: "yaml, jsonschema")

  @Test(.enabled(if: isRunnable, "PyYAML or jsonschema is not installed"))
  func acceptsEveryValidFile() throws {
    let verdicts = try Self.verdicts(Corpus.valid.map { "valid/\($0)" })
    #expect(verdicts.filter { $0.value != .accepted }.keys.sorted() == [])
  }

  @Test(.enabled(if: isRunnable, "PyYAML or jsonschema is not installed"))
  func refusesEveryInvalidFileWhoseMistakeASchemaCanSee() throws {
    let verdicts = try Self.verdicts(Corpus.invalid.map { "invalid/\($0)" })
    let accepted = verdicts.filter { $0.value == .accepted }.keys.map { $0.dropFirst(8) }.sorted()
    #expect(accepted == Self.unseenBySchema.map { Substring($0) }.sorted())
  }

  /// What the schema's YAML reader refuses is a syntax error to us, too.
  @Test(.enabled(if: isRunnable, "PyYAML or jsonschema is not installed"))
  func leavesNothingUnreadableButBrokenSyntax() throws {
    let verdicts = try Self.verdicts(Corpus.invalid.map { "invalid/\($0)" })
    for (name, _) in verdicts where verdicts[name] == .unreadable {
      let ids = Corpus.diagnostics(of: try Corpus.source(name)).map(\.id)
      #expect(Set(ids).isSubset(of: ["yaml-syntax", "invalid-encoding"]), "\(name)")
    }
  }

  /// Reads YAML by the core schema of YAML 1.2, with every key as text.
  private static let program = """
    import base64, json, re, sys, yaml
    from jsonschema import Draft202012Validator

    class Core(yaml.SafeLoader):
        yaml_implicit_resolvers = {}

        def construct_mapping(self, node, deep=False):
            return {key.value: self.construct_object(value, True) for key, value in node.value}

    def resolve(tag, pattern, construct, first):
        Core.add_implicit_resolver("tag:yaml.org,2002:" + tag, re.compile(pattern), first)
        Core.add_constructor("tag:yaml.org,2002:" + tag, lambda _, node: construct(node.value))

    digits = list("+-.0123456789")
    resolve("null", "^(~|null|Null|NULL|)$", lambda text: None, ["~", "n", "N", ""])
    resolve("bool", "^(true|True|TRUE|false|False|FALSE)$", lambda text: text in
            ("true", "True", "TRUE"), list("tTfF"))
    resolve("int", "^([-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$", lambda text:
            int(text, 0) if text[:2] in ("0o", "0x") else int(text), digits)
    resolve("float", r"^([-+]?([.][0-9]+|[0-9]+([.][0-9]*)?)([eE][-+]?[0-9]+)?"
            r"|[-+]?[.](inf|Inf|INF)|[.](nan|NaN|NAN))$",
            lambda text: float(re.sub("[.](?=[inIN])", "", text)), digits)
    Core.add_constructor("tag:yaml.org,2002:map", lambda loader, node:
                         loader.construct_mapping(node))

    task = json.load(sys.stdin)
    Draft202012Validator.check_schema(task["schema"])
    validator = Draft202012Validator(task["schema"])

    def verdict(data):
        try:
            value = yaml.load(data, Loader=Core)
        except (yaml.YAMLError, UnicodeDecodeError, RecursionError, AttributeError, TypeError):
            return "unreadable"
        return "accepted" if validator.is_valid(value) else "refused"

    print(json.dumps([verdict(base64.b64decode(file)) for file in task["files"]]))
    """
}

extension JSONValue {
  /// The value as Foundation writes it.
  fileprivate var foundationValue: Any {
    switch self {
    case .string(let text): text
    case .integer(let number): number
    case .real(let number): number
    case .boolean(let flag): flag
    case .array(let items): items.map(\.foundationValue)
    case .object(let members): members.mapValues(\.foundationValue)
    }
  }
}
