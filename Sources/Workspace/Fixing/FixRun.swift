package import Diagnostics
package import SourceText
package import TopologyModel

/// Fixes files until there is nothing left to fix.
///
/// After each pass the files are read and judged anew: a fix may make another one
/// unnecessary, or possible.
package struct FixRun {
  /// The files as they are now.
  package private(set) var files: [SourceFile]
  private var judgement: Judgement
  /// How many fixes were taken.
  package private(set) var fixedCount = 0
  /// Whose fixes were tried and not taken: the file could not be read any more.
  package private(set) var refused: [Diagnostic] = []
  private let allowsUnsafe: Bool
  private let target: Target
  private let judge: ([SourceFile]) -> Judgement

  /// No chain of fixes is that long; two that undo each other are.
  private static let maximumPasses = 32

  /// - Parameters:
  ///   - judgement: What was found in the files.
  ///   - target: What the files must still be readable for.
  ///   - allowsUnsafe: Whether fixes are taken, too, that may mean something else.
  ///   - judge: Judges files that were fixed.
  package init(
    _ files: [SourceFile], _ judgement: Judgement, for target: Target, allowsUnsafe: Bool,
    judge: @escaping ([SourceFile]) -> Judgement
  ) {
    (self.files, self.judgement, self.judge) = (files, judgement, judge)
    (self.target, self.allowsUnsafe) = (target, allowsUnsafe)
    for _ in 0..<Self.maximumPasses where !carryOutOnce() { break }
  }

  /// False when nothing changed.
  private mutating func carryOutOnce() -> Bool {
    refused = []
    var wanted: [SourceFile.ID: [(Diagnostic, Fix)]] = [:]
    for diagnostic in judgement.diagnostics {
      if let fix = diagnostic.fix(allowingUnsafe: allowsUnsafe) {
        wanted[fix.file, default: []].append((diagnostic, fix))
      }
    }
    let readable = Set(judgement.topologies.map(\.file))
    var hasChanged = false
    for index in files.indices {
      guard let fixes = wanted[files[index].id] else { continue }
      let (pass, bad) = self.pass(
        fixes, on: files[index], isReadable: readable.contains(files[index].id))
      refused += bad
      guard !pass.applied.isEmpty, pass.bytes != files[index].bytes else { continue }
      files[index] = files[index].with(pass.bytes)
      fixedCount += pass.applied.count
      hasChanged = true
    }
    if hasChanged { judgement = judge(files) }
    return hasChanged
  }

  /// All of the fixes, or those that leave the file readable.
  private func pass(
    _ fixes: [(Diagnostic, Fix)], on file: SourceFile, isReadable: Bool
  ) -> (FixPass, [Diagnostic]) {
    func isSound(_ pass: FixPass) -> Bool {
      !isReadable || file.with(pass.bytes).isReadable(for: target)
    }
    let all = FixPass(fixes.map(\.1), to: file.bytes)
    if isSound(all) { return (all, []) }
    let isGood = fixes.map { isSound(FixPass([$0.1], to: file.bytes)) }
    let bad = zip(fixes, isGood).filter { !$0.1 }.map(\.0.0)
    let good = zip(fixes, isGood).filter(\.1).map(\.0.1)
    let rest = FixPass(good, to: file.bytes)
    // Each by itself is good and all together are not: one now, the others later.
    return (isSound(rest) ? rest : FixPass(Array(good.prefix(1)), to: file.bytes), bad)
  }
}

extension Diagnostic {
  /// The fix to take, if one is safe enough.
  package func fix(allowingUnsafe: Bool) -> Fix? {
    fixes.first { allowingUnsafe || $0.safety == .safe }
  }
}

extension SourceFile {
  fileprivate func with(_ bytes: [UInt8]) -> SourceFile {
    SourceFile(id: id, path: path, bytes: bytes)
  }

  fileprivate func isReadable(for target: Target) -> Bool {
    var diagnostics: [Diagnostic] = []
    return ResolvedTopology.read(self, for: target, &diagnostics) != nil
  }
}
