import Diagnostics
import SourceText
import TestSupport
import Testing
import TopologyLint
import TopologyModel
import TopologyRender

/// An example of a rule as whole files, and the marked ranges in them.
struct MarkedExample {
  let files: [MarkedText]

  init(_ example: String) { files = LintExample.files(of: example).map(MarkedText.init) }

  /// The marked ranges, in the order of files and offsets.
  var marks: [Mark] {
    files.enumerated().flatMap { index, file in
      file.ranges.map { Mark(file: index, range: $0) }.sorted {
        $0.range.lowerBound < $1.range.lowerBound
      }
    }
  }

  /// The files resolved, each after its text was changed.
  func topologies(changing change: (String) -> String = { $0 }) throws -> [ResolvedTopology] {
    try files.enumerated().map { try resolve(change($1.text), file: $0) }
  }
}

/// A range of one of several files.
struct Mark: Hashable {
  let file: Int
  let range: Range<Int>
}

extension Diagnostic {
  var mark: Mark { Mark(file: Int(range.file.index), range: range.offsets) }
}

/// Reads a topology that must have no mistakes except those that rules find.
func resolve(_ text: String, file: Int = 0) throws -> ResolvedTopology {
  var diagnostics: [Diagnostic] = []
  let source = SourceFile(id: SourceFile.ID(file), path: "topology.yml", text: text)
  let read = ResolvedTopology.read(source, for: RenderTarget.compose.target, &diagnostics)
  try #require(diagnostics == [], "\(text)")
  var topology = try #require(read)
  topology.files = LintExample.fileFacts(in: text, of: topology)
  return topology
}

extension LintRule: CustomTestStringConvertible {
  package var testDescription: String { id.description }
}

/// A rule's findings in a fragment.
func findings(_ rule: Diagnostic.ID, in fragment: String) throws -> [Diagnostic] {
  let rule = try #require(LintRule.all.first { $0.id == rule })
  return rule.findings(in: try resolve(LintExample.complete(fragment)))
}

extension SourceRange {
  /// The text of a fragment that the range covers.
  func text(in fragment: String) -> String {
    String(decoding: Array(LintExample.complete(fragment).utf8)[offsets], as: UTF8.self)
  }
}
