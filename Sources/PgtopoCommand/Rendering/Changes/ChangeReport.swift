import Diagnostics
import SourceText
import TopologyModel
import TopologyRender

/// What a render says about the difference between its topology and what runs.
struct ChangeReport: Sendable {
  let text: String

  /// - Parameters:
  ///   - place: Where the earlier render may be.
  init(
    _ topology: ResolvedTopology, _ commands: TargetCommands, _ place: RenderPlace,
    _ files: FileSystem
  ) {
    let new = KeptTopology(topology)
    let written = Self.contents(of: KeptTopology.fileName, in: place, files)
    let old = written.flatMap(KeptTopology.init(text:))
    let actual = Self.contents(of: ActualPrimary.fileName, in: place, files)
      .flatMap(ActualPrimary.init(text:))
    let remedies = Remedies(
      old ?? new, commands, folder: place.displayedFolder, home: place.home)
    var changes = actual?.changes(new, remedies) ?? []
    if let old {
      changes += TopologyChanges(from: old, to: new, actual: actual, remedies).all
    } else if written != nil {
      changes.append(
        Change(
          "the topology of the earlier render cannot be read from \(name: KeptTopology.fileName)",
          hint:
            "What changed since, and \(keyword: commands.startWords) does not carry out, is not told."
        ))
    }
    let psql = Remedies.run("psql on a node", [remedies.psql(on: "NODE")])
    text =
      changes.map(\.text).joined() + (changes.contains(where: \.isSQL) ? "\(psql)\n" : "")
  }

  /// Nil when there is no such file, and when it cannot be read: a render needs neither.
  private static func contents(
    of name: String, in place: RenderPlace, _ files: FileSystem
  ) -> String? {
    let path = Path.join(place.folder, name)
    guard case .file = try? files.kind(path), let bytes = try? files.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
