import Diagnostics
import Reporting
import SourceText
import TopologyLint
import TopologyModel
import TopologyRender

/// A rule's example, to be read and to be linted.
struct RuleExample {
  /// What is written, without the marks, and the whole file that it stands for.
  private let files: [(name: String, shown: [String], source: SourceFile)]

  init(_ example: String) {
    let text = example.filter { $0 != "▸" && $0 != "◂" }
    let whole = LintExample.files(of: text)
    let shown = Self.fragments(of: text)
    files = zip(shown, whole).enumerated().map { index, file in
      let name = whole.count == 1 ? "topology.yml" : "topology-\(index + 1).yml"
      return (
        name, file.0, SourceFile(id: SourceFile.ID(index), path: name, text: file.1)
      )
    }
  }

  /// The files, each with its name where there are several.
  var blocks: [ReferencePage.Block] {
    files.map { file in
      .code("yaml", (files.count == 1 ? [] : ["# \(file.name)"]) + file.shown)
    }
  }

  func findings(of rule: LintRule) -> [Diagnostic] {
    var diagnostics: [Diagnostic] = []
    let target = RenderTarget.all.first { $0.id == rule.target } ?? .standard
    let topologies = files.compactMap { file -> ResolvedTopology? in
      guard var topology = ResolvedTopology.read(file.source, for: target.target, &diagnostics)
      else { return nil }
      let text = String(decoding: file.source.bytes, as: UTF8.self)
      topology.files = LintExample.fileFacts(in: text, of: topology)
      return topology
    }
    return rule.findings(in: topologies)
  }

  /// The lines that lint prints about the rule.
  func report(of rule: LintRule) -> [String] {
    let report = Report(findings(of: rule), files: files.map(\.source))
    let text = Reporter.text.render(report, .plain)
    return text.split(separator: "\n", omittingEmptySubsequences: false).dropLast().map(String.init)
  }

  /// The lines of each file, without the hyphens between files and blank lines at the end.
  private static func fragments(of example: String) -> [[String]] {
    example.split(separator: "\n", omittingEmptySubsequences: false).split(
      separator: "---", omittingEmptySubsequences: false
    ).map { lines in
      var lines = lines.map(String.init)
      while lines.last?.isEmpty == true { lines.removeLast() }
      return lines
    }
  }
}
