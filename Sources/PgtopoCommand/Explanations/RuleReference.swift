import Diagnostics
import Reporting
import SourceText
import TopologyLint
import TopologyModel

/// What there is to read about a rule: `pgtopo explain`, its page, and the help in SARIF.
struct RuleReference {
  /// Where the pages are.
  static let address = "https://github.com/pgtopo/pgtopo/blob/main/Documentation/"

  let rule: LintRule

  init(_ rule: LintRule) { self.rule = rule }

  /// Below the folder of the documentation.
  var path: String { "rules/\(rule.id).md" }
  var url: String { Self.address + path }

  /// How far its fixes can be trusted, the safe ones first; empty when there are none.
  var fixes: [Fix.Safety] {
    let offered = Set(
      rule.bad.flatMap { RuleExample($0).findings(of: rule).flatMap(\.fixes).map(\.safety) })
    return Fix.Safety.allCases.filter(offered.contains)
  }

  var page: ReferencePage {
    var blocks: [ReferencePage.Block] = [.paragraph(rule.summary), .paragraph(rule.rationale)]
    for example in rule.bad.prefix(1).map(RuleExample.init) {
      blocks += [.heading("Wrong")] + example.blocks
      blocks += [.heading("pgtopo lint says"), .code("text", example.report(of: rule))]
    }
    for example in rule.good.prefix(1).map(RuleExample.init) {
      blocks += [.heading("Right")] + example.blocks
    }
    if rule.canBeAllowed {
      blocks += [
        .heading("If it is meant, say so in the topology, with the reason"),
        .code("yaml", ["lint:", "  allow:", "    \(rule.id): the reason"]),
        .paragraph("or at the end of the line, or on a line of its own above it:"),
        .code("yaml", ["# pgtopo: allow \(rule.id) -- the reason"]),
      ]
    } else {
      blocks.append(.paragraph("It cannot be allowed."))
    }
    return ReferencePage(title: rule.id.description, facts: facts, blocks: blocks)
  }

  private var facts: [String] {
    let fixes = fixes.map(\.rawValue).joined(separator: " or ")
    return [rule.severity.rawValue, rule.category.rawValue]
      + (fixes.isEmpty ? [] : ["\(fixes) fix"])
      + (rule.formerNames.isEmpty
        ? [] : ["formerly " + rule.formerNames.joined(separator: ", ")])
  }
}

extension FormatProblem {
  static let path = "format-errors.md"

  var url: String { "\(RuleReference.address)\(Self.path)#\(id)" }

  var page: ReferencePage {
    ReferencePage(
      title: id, facts: ["error"],
      blocks: [
        .paragraph(summary),
        .paragraph("\(explanation)\nIt is about the file itself and cannot be allowed."),
      ])
  }
}
