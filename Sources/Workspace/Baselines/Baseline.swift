import Diagnostics
import Reporting
import SchemaCoding
import SourceText
import TopologyLint
import YAMLSyntax

/// Findings that are known, and how often each is: a JSON file that `--write-baseline`
/// writes and `--baseline` reads.
package struct Baseline: Sendable {
  private(set) var counts: [FindingKey: Int] = [:]

  /// Nothing is known.
  package init() {}

  /// How many findings are known.
  package var findingCount: Int { counts.values.reduce(0, +) }

  /// Counts what rules found. Mistakes of a file itself are never known ones.
  init(of diagnostics: [Diagnostic], _ keys: FindingKeys) {
    for diagnostic in diagnostics where Self.holds(diagnostic) {
      counts[keys.key(of: diagnostic), default: 0] += 1
    }
  }

  /// The findings that are not known, and how many known ones there no longer are in the
  /// files that were looked at. A rule across files may miss a file of its own.
  func unknown(
    of diagnostics: [Diagnostic], _ keys: FindingKeys, in files: Set<String>
  ) -> (unknown: [Diagnostic], unneeded: Int) {
    var left = counts
    let unknown = diagnostics.filter { diagnostic in
      guard Self.holds(diagnostic) else { return true }
      let key = keys.key(of: diagnostic)
      guard let count = left[key], count > 0 else { return true }
      left[key] = count - 1
      return false
    }
    let unneeded = left.count { key, count in
      count > 0 && files.contains(key.file) && LintRule.byName[key.rule]?.comparesFiles != true
    }
    return (unknown, unneeded)
  }

  private static func holds(_ diagnostic: Diagnostic) -> Bool {
    LintRule.byName[diagnostic.id.description]?.canBeAllowed == true
  }

  /// The findings in order, so that a change shows as what it is.
  var text: String {
    let findings = counts.sorted { $0.key < $1.key }.map { key, count in
      JSONValue.object([
        "file": .string(key.file), "rule": .string(key.rule), "place": .string(key.place),
        "count": .integer(count),
      ])
    }
    return JSONText.of(JSONValue.object(["version": .integer(1), "findings": .array(findings)]))
  }

  /// Reads a baseline, reporting every mistake; JSON is YAML.
  static func read(_ file: SourceFile, _ diagnostics: inout [Diagnostic]) -> Baseline? {
    guard let document = YAMLDocument.parse(file, &diagnostics) else { return nil }
    let start = SourceRange(0..<0, in: file.id)
    guard let root = document.root else {
      diagnostics.append(
        Diagnostic(
          "missing-key", .error, "the file holds no baseline", at: start,
          hint: "\"pgtopo lint --write-baseline\" writes one."))
      return nil
    }
    var decoding = Decoding(owner: start)
    let baseline = Schema<Baseline>.baseline.decode(root, &decoding)
    diagnostics += decoding.diagnostics
    return decoding.diagnostics.isEmpty ? baseline : nil
  }

  fileprivate init(_ findings: [(FindingKey, Int)]) {
    for (key, count) in findings { counts[key, default: 0] += count }
  }
}

/// One of its findings.
private struct BaselineEntry: Sendable {
  let key: FindingKey
  let count: Int
}

extension Schema<Baseline> {
  fileprivate static let baseline = Schema.object(
    "Findings of pgtopo lint that are known.",
    Field("version", .integer(in: 1...1), "The version of this format: 1."),
    Field(
      "findings", .array(of: Schema<BaselineEntry>.baselineEntry), "One for each rule and place.")
  ) { _, findings in
    Baseline(findings.map { ($0.key, $0.count) })
  }
}

extension Schema<BaselineEntry> {
  fileprivate static let baselineEntry = Schema.object(
    "Findings of one rule at one place.",
    Field("file", .string, "The topology file, relative to the baseline."),
    Field("rule", .string, "The rule's name."),
    Field("place", .string, "The keys that lead to the place."),
    Field("count", .integer(in: 1...1_000_000_000), "How many there are.")
  ) { file, rule, place, count in
    let rule = LintRule.byName[rule]?.id.description ?? rule
    return BaselineEntry(key: FindingKey(file: file, rule: rule, place: place), count: count)
  }
}
