package import Diagnostics
import SourceText
package import TopologyModel
package import TopologyRender

/// The difference between a topology and what runs, as far as the folder of its render knows.
package struct RenderChanges: Sendable {
  /// What was seen comes first, then what the earlier render tells, in the order of its weight.
  package let all: [Change]
  /// How SQL gets to a node: a command line and what it does.
  package let psql: Diagnostic.Message

  /// - Parameters:
  ///   - commands: Those of the target that is rendered for.
  ///   - place: Where the earlier render may be.
  package init(_ topology: ResolvedTopology, _ commands: TargetCommands, in place: RenderPlace) {
    let new = KeptTopology(topology)
    let written = place.text(of: KeptTopology.fileName)
    let old = written.flatMap(KeptTopology.init(text:))
    let actual = place.text(of: ActualPrimary.fileName).flatMap(ActualPrimary.init(text:))
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
    all = changes
    psql = Remedies.run("psql on a node", [remedies.psql(on: "NODE")])
  }
}

extension RenderPlace {
  /// Nil when there is no such file, and when it cannot be read: a render needs neither.
  fileprivate func text(of name: String) -> String? {
    let (path, files) = (Path.join(folder, name), environment.files)
    guard case .file = try? files.kind(path), let bytes = try? files.read(path) else { return nil }
    return String(decoding: bytes, as: UTF8.self)
  }
}
