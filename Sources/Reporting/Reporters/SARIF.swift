import Diagnostics
import SourceText

extension Reporter {
  /// For code scanners, such as GitHub's.
  package static let sarif = Reporter(
    .sarif, summary: "SARIF 2.1.0, with the rules that were reported."
  ) { report, _ in
    JSONText.of(SARIFLog(runs: [SARIFLog.Run(report)]))
  }
}

extension SARIFLog.Run {
  fileprivate init(_ report: Report) {
    let rules = Set(report.diagnostics.map(\.id)).sorted()
    let indices = Dictionary(uniqueKeysWithValues: zip(rules, rules.indices))
    tool = SARIFLog.Tool(
      driver: SARIFLog.Driver(
        semanticVersion: report.context.version,
        rules: rules.map { SARIFLog.Rule($0, report.context.rule($0)) }))
    results = zip(report.diagnostics, report.fingerprints).map { diagnostic, key in
      SARIFLog.Result(
        ruleId: diagnostic.id.description, ruleIndex: indices[diagnostic.id] ?? -1,
        level: diagnostic.severity.rawValue,
        message: SARIFLog.Text(text: report.messageWithHint(of: diagnostic)),
        locations: [
          SARIFLog.Location(
            physicalLocation: SARIFLog.PhysicalLocation(diagnostic.range, in: report))
        ],
        relatedLocations: report.relatedLocations(of: diagnostic),
        fixes: report.fixes(of: diagnostic), partialFingerprints: ["pgtopo/v1": key])
    }
    properties =
      report.omissions.isEmpty
      ? nil : Properties(omitted: report.omissions.map { $0.text(in: report) })
  }
}

extension SARIFLog.Rule {
  fileprivate init(_ id: Diagnostic.ID, _ rule: RuleDescription?) {
    self.id = id.description
    shortDescription = rule.map { SARIFLog.Text(text: $0.summary) }
    fullDescription = rule.map { SARIFLog.Text(text: $0.rationale) }
    help = rule.map { SARIFLog.Text(text: $0.text, markdown: $0.markdown) }
    helpUri = rule?.url
    defaultConfiguration = rule.map { Configuration(level: $0.severity.rawValue) }
    properties = rule.map { Properties(tags: [$0.category]) }
  }
}

extension Report {
  /// Results without fixes omit the key: the schema does not allow an empty list of fixes.
  fileprivate func relatedLocations(of diagnostic: Diagnostic) -> [SARIFLog.Location]? {
    guard !diagnostic.notes.isEmpty else { return nil }
    return diagnostic.notes.enumerated().map { index, note in
      let message = writer(about: note.range).text(of: note.message)
      return SARIFLog.Location(
        id: index, physicalLocation: SARIFLog.PhysicalLocation(note.range, in: self),
        message: SARIFLog.Text(text: message))
    }
  }

  fileprivate func fixes(of diagnostic: Diagnostic) -> [SARIFLog.Fix]? {
    let fixes = visibleFixes(of: diagnostic)
    guard !fixes.isEmpty else { return nil }
    return fixes.map { fix in
      SARIFLog.Fix(
        description: SARIFLog.Text(
          text: writer(about: diagnostic.range).wholeText(of: fix.title)),
        artifactChanges: [
          SARIFLog.ArtifactChange(
            artifactLocation: SARIFLog.ArtifactLocation(fix.edits[0].range, in: self),
            replacements: fix.edits.map { edit in
              SARIFLog.Replacement(
                deletedRegion: SARIFLog.Region(edit.range, in: self),
                insertedContent: SARIFLog.Text(text: edit.replacement))
            })
        ],
        properties: SARIFLog.Fix.Properties(safety: fix.safety.rawValue))
    }
  }
}

extension SARIFLog.PhysicalLocation {
  fileprivate init(_ range: SourceRange, in report: Report) {
    artifactLocation = SARIFLog.ArtifactLocation(range, in: report)
    region = SARIFLog.Region(range, in: report)
  }
}

extension SARIFLog.ArtifactLocation {
  fileprivate init(_ range: SourceRange, in report: Report) {
    let path = report.repositoryPath(of: range)
    uri = URIText.of(path)
    uriBaseId = path.hasPrefix("/") ? nil : Self.root
  }
}

extension SARIFLog.Region {
  fileprivate init(_ range: SourceRange, in report: Report) {
    let (start, end) = report.file(at: range).positions(of: range)
    (startLine, startColumn) = (start.line, start.column)
    (endLine, endColumn) = (end.line, end.column)
  }
}
