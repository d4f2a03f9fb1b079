import Diagnostics
import Reporting
import SourceText
import TopologyLint
import Workspace

extension ReportContext {
  /// What lint's reports say beside their findings.
  static func lint(in environment: Environment) -> ReportContext {
    let (folder, root) = (environment.currentFolder, environment.repositoryRoot)
    return ReportContext(
      version: Pgtopo.version, rule: { RuleDescription($0) },
      repositoryPath: { path in
        let absolute = Path.absolute(path, in: folder)
        let relative = Path.relative(from: root, to: absolute)
        return relative.hasPrefix("../") ? absolute : relative
      })
  }
}

extension RuleDescription {
  /// A rule of lint or a mistake of the file itself; nil for a name that is neither.
  fileprivate init?(_ id: Diagnostic.ID) {
    if let rule = LintRule.all.first(where: { $0.id == id }) {
      let reference = RuleReference(rule)
      self.init(
        severity: rule.severity, category: rule.category.rawValue, summary: rule.summary,
        rationale: rule.rationale, text: reference.page.text,
        markdown: reference.page.markdown, url: reference.url)
    } else if let error = FormatProblem.all.first(where: { $0.id == id.description }) {
      self.init(
        severity: .error, category: "format", summary: error.summary,
        rationale: error.explanation, text: error.page.text, markdown: error.page.markdown,
        url: error.url)
    } else {
      return nil
    }
  }
}
