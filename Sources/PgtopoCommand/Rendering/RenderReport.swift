import Diagnostics
import PostgreSQL
import Reporting
import SourceText
import TopologyRender
import Workspace

/// What to say about a plan and its end.
struct RenderReport {
  private let plan: RenderPlan
  private let place: RenderPlace
  private let commands: TargetCommands
  private let force: Bool
  private let warnings: Int
  private let changes: RenderChanges

  init(
    _ plan: RenderPlan, _ place: RenderPlace, _ commands: TargetCommands, force: Bool,
    warnings: Int, _ changes: RenderChanges
  ) {
    self.commands = commands
    (self.plan, self.place, self.force, self.warnings) = (plan, place, force, warnings)
    self.changes = changes
  }

  /// Throws why nothing may be written, if that is so.
  func checkAllowed() throws(CommandError) {
    guard plan.obstacles.isEmpty else {
      throw CommandError(
        plan.obstacles.map { obstacle in
          CommandError("\(text: obstacle.kind) is in the way at \(name: path(obstacle.path))")
        }, hint: "Move it away. Nothing was written.")
    }
    guard !force, !plan.blocked.isEmpty else { return }
    throw CommandError(
      plan.blocked.map { step in
        let file = path(step.file.path)
        return CommandError(
          step.state == .edited
            ? "file \(name: file) was edited by hand"
            : "file \(name: file) was not written by pgtopo", status: .findings)
      },
      hint: "Nothing was written. Move away what you want to keep, then use \(keyword: "--force").")
  }

  /// The answer to `--check`.
  func check(quiet: Bool) -> Outcome {
    var lines = plan.obstacles.map { line("in the way", $0.path) }
    var isStale = !plan.obstacles.isEmpty || !plan.leftovers.isEmpty
    for step in plan.steps {
      switch step.state {
      case .current: continue
      case .missing where plan.isObstructed(step.file.path): continue
      case .missing: lines.append(line("missing", step.file.path))
      case .stale: lines.append(line("stale", step.file.path))
      case .edited: lines.append(line("edited by hand", step.file.path))
      case .foreign: lines.append(line("not written by pgtopo", step.file.path))
      case .permissions where step.file.access == .secret:
        // No reason to fail: no checkout out of git can keep a file from other readers.
        lines.append(line("readable by others", step.file.path))
        continue
      case .permissions: lines.append(line("not executable", step.file.path))
      }
      isStale = true
    }
    for leftover in plan.leftovers {
      let word = leftover.isEdited ? "no longer rendered, but edited by hand" : "to be removed"
      lines.append(line(word, leftover.path))
    }
    if !isStale, !quiet {
      lines.append("\(VisibleText.escaping(place.displayedFolder)) is up to date\n")
    }
    if !quiet { lines.append(changes.text) }
    if isStale, !quiet {
      let hint: Diagnostic.Message =
        plan.steps.contains { [.edited, .foreign].contains($0.state) }
        ? "Move away what you want to keep, then run \(name: place.command("--force"))."
        : "Run \(name: place.command())."
      lines.append("hint: \(hint)\n")
    }
    return Outcome(status: isStale ? .findings : .clean, output: lines.joined())
  }

  /// The answer to `--dry-run`.
  func preview() -> String {
    var text = plan.changes.map { line("would write", $0.file.path) }.joined()
    for leftover in plan.leftovers {
      text += line(isKept(leftover) ? "would keep" : "would remove", leftover.path)
    }
    return text + counts("to write", "to remove") + "\n" + warningLine + changes.text
  }

  /// The summary of a render.
  func done(quiet: Bool) -> String {
    let kept = plan.leftovers.filter(isKept).map { leftover in
      line("kept, because it was edited by hand", leftover.path)
    }.joined()
    // What is told once, nobody should miss.
    if quiet { return kept + changes.text }
    return kept + counts("written", "removed") + "\n" + warningLine
      + "next: \(VisibleText.escaping(commands.start(place.displayedFolder)))\n" + changes.text
  }

  /// `output/demo: 3 files written, 1 unchanged, 2 removed`
  private func counts(_ write: String, _ remove: String) -> String {
    let removed = plan.leftovers.count { !isKept($0) }
    let unchanged = plan.steps.count - plan.changes.count
    return
      "\(VisibleText.escaping(place.displayedFolder)): \(Report.count(plan.changes.count, "file")) \(write)"
      + ", \(unchanged) unchanged" + (removed == 0 ? "" : ", \(removed) \(remove)")
  }

  private var warningLine: String {
    guard warnings > 0 else { return "" }
    let command: Diagnostic.Message =
      "see \(name: "pgtopo lint \(Quoting.shellWord(place.source))")"
    return "\(Report.count(warnings, "warning")): \(command)\n"
  }

  private func isKept(_ leftover: RenderPlan.Leftover) -> Bool { leftover.isEdited && !force }

  private func line(_ word: String, _ path: String) -> String {
    "\(word): \(VisibleText.escaping(self.path(path)))\n"
  }

  private func path(_ path: String) -> String { Path.join(place.displayedFolder, path) }
}
