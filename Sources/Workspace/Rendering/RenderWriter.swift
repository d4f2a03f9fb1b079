import Diagnostics
import SourceText
import TopologyRender

/// Carries out a plan.
///
/// Interrupted at any point, it leaves whole files only, and a manifest that knows all of
/// them: rendering again goes on where it stopped.
struct RenderWriter {
  private let place: RenderPlace
  private var folder: String { place.folder }
  private var files: FileSystem { place.environment.files }

  init(into place: RenderPlace) { self.place = place }

  /// The manifest of the folder, empty when there is none.
  var manifest: Manifest {
    get throws(CommandError) {
      let path = Path.join(folder, Manifest.name)
      do throws(FileError) {
        guard case .file = try files.kind(path) else { return Manifest() }
        return Manifest(String(decoding: try files.read(path), as: UTF8.self))
      } catch {
        throw place.refusal("could not read", path, error)
      }
    }
  }

  /// - Parameter force: Whether files that others wrote or edited may be lost.
  func carryOut(_ plan: RenderPlan, force: Bool) throws(CommandError) {
    try makeFolder(folder)
    let removals = plan.leftovers.filter { !$0.isEdited || force }
    let final = plan.finalManifest(force: force)
    // Both the old and the new contents are ours until all is done.
    var known = plan.manifest
    if !plan.changes.isEmpty || !removals.isEmpty { known.formUnion(final) }
    try write(known, over: plan.manifest)
    for step in plan.changes { try write(step.file) }
    for leftover in removals { try remove(leftover.path) }
    for path in plan.abandonedFolders { try removeFolderIfEmpty(path) }
    try write(final, over: known)
  }

  private func write(_ file: OutputFile) throws(CommandError) {
    if let parent = FolderContents.folders(of: file.path).last {
      try makeFolder(Path.join(folder, parent))
    }
    try write(file.path, Array(file.contents.utf8), file.access.mode)
  }

  private func write(_ manifest: Manifest, over old: Manifest) throws(CommandError) {
    if manifest != old { try write(Manifest.name, Array(manifest.text.utf8), Manifest.mode) }
  }

  private func write(_ path: String, _ bytes: [UInt8], _ mode: UInt32) throws(CommandError) {
    let path = Path.join(folder, path)
    do throws(FileError) { try files.write(path, bytes, mode) } catch {
      throw place.refusal("could not write", path, error)
    }
  }

  private func makeFolder(_ path: String) throws(CommandError) {
    do throws(FileError) { try files.makeFolder(path) } catch {
      throw place.refusal("could not make folder", path, error)
    }
  }

  private func remove(_ path: String) throws(CommandError) {
    let path = Path.join(folder, path)
    do throws(FileError) { try files.remove(path) } catch {
      throw place.refusal("could not remove", path, error)
    }
  }

  private func removeFolderIfEmpty(_ path: String) throws(CommandError) {
    let path = Path.join(folder, path)
    do throws(FileError) {
      if try files.list(path).isEmpty { try files.removeFolder(path) }
    } catch {
      throw place.refusal("could not remove folder", path, error)
    }
  }
}
