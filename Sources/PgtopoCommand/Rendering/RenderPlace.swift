import Diagnostics
import SourceText
import TopologyModel
import TopologyRender

/// Where a topology file and its render lie.
struct RenderPlace: Sendable {
  /// The topology file as the user gave it.
  let source: String
  /// The topology file's folder, absolute.
  let home: String
  /// The output folder, absolute.
  let folder: String
  /// The output folder as the user would write it.
  let displayedFolder: String
  let context: RenderContext

  /// - Parameter output: What `--output` says; it is relative to the current folder, and the
  ///   key `output` to the topology file.
  init(
    of source: String, _ topology: ResolvedTopology, output: String?, in currentFolder: String
  ) {
    self.source = source
    let file = Path.absolute(source, in: currentFolder)
    home = Path.folder(of: file)
    if let output {
      folder = Path.absolute(output, in: currentFolder)
    } else {
      folder = Path.absolute(topology.output, in: home)
    }
    displayedFolder = Path.display(folder, in: currentFolder)
    context = RenderContext(
      sourceFolder: Path.relative(from: folder, to: home), sourceName: Path.name(of: file))
  }

  /// Compares the files with what is in the folder.
  func plan(for files: [OutputFile], _ system: FileSystem) throws(RenderError) -> RenderPlan {
    switch try kind(system) {
    case .folder: break
    case nil: return RenderPlan(files, over: FolderContents(), Manifest())
    default: throw RenderError("could not write into", folder, FileError("Not a directory"))
    }
    let manifest = try RenderWriter.manifest(of: folder, system)
    let contents = try FolderContents(
      of: folder, at: RenderPlan.paths(for: files, manifest), in: system)
    return RenderPlan(files, over: contents, manifest)
  }

  private func kind(_ system: FileSystem) throws(RenderError) -> FileSystem.Kind? {
    do throws(FileError) { return try system.targetKind(folder) } catch {
      throw RenderError("could not look at", folder, error)
    }
  }
}
