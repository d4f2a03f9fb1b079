package import SourceText
package import TopologyModel

/// How the files of one run are judged, as often as it takes.
package struct LintRun: Sendable {
  package let policies: LintPolicies
  package let target: Target
  package let environment: Environment
  private let known: Baseline
  private let baselineFolder: String

  /// What a judgement comes to.
  package struct Result: Sendable {
    package let judgement: Judgement
    /// Entries of the baseline for findings that there no longer are.
    package let unneeded: Int
  }

  /// - Parameters:
  ///   - known: Findings that are left out.
  ///   - baselineFolder: Where a baseline's paths start; absolute.
  package init(
    _ policies: LintPolicies, for target: Target, knowing known: Baseline,
    baselineFolder: String, in environment: Environment
  ) {
    (self.policies, self.target, self.known) = (policies, target, known)
    (self.baselineFolder, self.environment) = (baselineFolder, environment)
  }

  /// - Parameter baseline: Known findings in place of those of the run.
  package func judge(_ files: [SourceFile], knowing baseline: Baseline? = nil) -> Result {
    let workers = files.count > 1 ? environment.workers() : 1
    let judgement = Judgement(
      files, policies, for: target, in: environment, workers: workers)
    let baseline = baseline ?? known
    guard !baseline.counts.isEmpty else { return Result(judgement: judgement, unneeded: 0) }
    let (unknown, unneeded) = baseline.unknown(
      of: judgement.diagnostics, keys(of: judgement, files), in: Set(files.map(name)))
    return Result(judgement: judgement.keeping(unknown), unneeded: unneeded)
  }

  /// Everything that was found, as what is known from now on.
  package func baseline(of judgement: Judgement, in files: [SourceFile]) -> Baseline {
    Baseline(of: judgement.diagnostics, keys(of: judgement, files))
  }

  private func keys(of judgement: Judgement, _ files: [SourceFile]) -> FindingKeys {
    FindingKeys(judgement.diagnostics, in: files, naming: name)
  }

  /// What a file is called in the baseline.
  private func name(_ file: SourceFile) -> String {
    Path.relative(
      from: baselineFolder, to: Path.absolute(file.path, in: environment.currentFolder))
  }
}
