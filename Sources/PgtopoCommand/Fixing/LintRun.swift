import Diagnostics
import SourceText
import TopologyModel

/// How the files of one run are judged, as often as it takes.
struct LintRun {
  let policies: LintPolicies
  let target: Target
  let known: Baseline
  let baselines: BaselineOptions
  let environment: Environment

  struct Result {
    let judgement: Judgement
    /// Entries of the baseline for findings that there no longer are.
    let unneeded: Int
  }

  func judge(_ files: [SourceFile], knowing baseline: Baseline? = nil) -> Result {
    let workers = files.count > 1 ? environment.workers() : 1
    let judgement = Judgement(
      files, policies, for: target, in: environment, workers: workers)
    let baseline = baseline ?? known
    guard !baseline.counts.isEmpty else { return Result(judgement: judgement, unneeded: 0) }
    let (unknown, unneeded) = baseline.unknown(
      of: judgement.diagnostics, keys(of: judgement, files), in: Set(files.map(name)))
    return Result(judgement: judgement.keeping(unknown), unneeded: unneeded)
  }

  func baseline(of judgement: Judgement, in files: [SourceFile]) -> Baseline {
    Baseline(of: judgement.diagnostics, keys(of: judgement, files))
  }

  private func keys(of judgement: Judgement, _ files: [SourceFile]) -> FindingKeys {
    FindingKeys(judgement.diagnostics, in: files, naming: name)
  }

  private func name(_ file: SourceFile) -> String { baselines.name(of: file, in: environment) }
}
