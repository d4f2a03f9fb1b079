import Diagnostics
import PostgreSQL
import SourceText
package import TopologyModel
package import TopologyRender

/// Where a topology file and its render lie.
package struct RenderPlace: Sendable {
  /// The topology file as the user gave it.
  package let source: String
  /// The folder that the command line named, as the user gave it.
  let output: String?
  /// The topology file's folder, absolute.
  let home: String
  /// The output folder, absolute.
  let folder: String
  /// The output folder as the user would write it.
  package let displayedFolder: String
  package let context: RenderContext
  let environment: Environment

  /// - Parameter output: What `--output` says; it is relative to the current folder, and the
  ///   key `output` to the topology file.
  package init(
    of source: String, _ topology: ResolvedTopology, output: String?, in environment: Environment
  ) {
    (self.source, self.output, self.environment) = (source, output, environment)
    let currentFolder = environment.currentFolder
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

  /// What a shell runs to render the topology here.
  ///
  /// - Parameter option: A further option, such as `--force`.
  package func command(_ option: String? = nil) -> String {
    let folder = output.map { "--output \(Quoting.shellWord($0))" }
    let words = ["pgtopo render", option, folder, Quoting.shellWord(source)]
    return words.compactMap(\.self).joined(separator: " ")
  }

  /// Compares the files with what is in the folder.
  package func plan(for files: [OutputFile]) throws(CommandError) -> RenderPlan {
    switch try kind {
    case .folder: break
    case nil: return RenderPlan(files, over: FolderContents(), Manifest())
    default: throw refusal("could not write into", folder, FileError("Not a directory"))
    }
    let manifest = try RenderWriter(into: self).manifest
    let contents = try FolderContents(of: self, at: RenderPlan.paths(for: files, manifest))
    return RenderPlan(files, over: contents, manifest)
  }

  /// Writes and removes what the plan says.
  ///
  /// - Parameter force: Whether files that others wrote or edited may be lost.
  package func carryOut(_ plan: RenderPlan, force: Bool) throws(CommandError) {
    try RenderWriter(into: self).carryOut(plan, force: force)
  }

  private var kind: FileSystem.Kind? {
    get throws(CommandError) {
      do throws(FileError) { return try environment.files.targetKind(folder) } catch {
        throw refusal("could not look at", folder, error)
      }
    }
  }

  /// Something that the operating system refused.
  ///
  /// - Parameters:
  ///   - action: What failed, such as `could not write`.
  ///   - path: Absolute.
  func refusal(
    _ action: Diagnostic.Message, _ path: String, _ error: FileError
  ) -> CommandError {
    let path = Path.display(path, in: environment.currentFolder)
    return CommandError("\(action) \(name: path): \(text: error.reason)")
  }
}
