package import TopologyModel

/// A kind of deployment that a topology can be turned into.
///
/// Each has a folder beside this file and a line in `all`; rules that apply to it alone say
/// so (`LintRule.target`).
package struct RenderTarget: Identifiable, Sendable {
  package let target: Target
  /// A description for a list of targets.
  package let summary: String
  /// The commands to run after a render and after a change.
  package let commands: TargetCommands
  /// Every file of the render, in the order in which they are reported. It cannot fail:
  /// anything to complain about was reported earlier.
  package let render: @Sendable (ResolvedTopology, RenderContext) -> [OutputFile]

  package var id: Target.ID { target.id }

  package init(
    _ target: Target, summary: String, commands: TargetCommands,
    render: @escaping @Sendable (ResolvedTopology, RenderContext) -> [OutputFile]
  ) {
    (self.target, self.summary) = (target, summary)
    (self.commands, self.render) = (commands, render)
  }

  /// Every target.
  package static let all: [RenderTarget] = [.compose]
  /// The target of a topology unless another one is chosen.
  package static let standard = all[0]
}

/// Where the render is in relation to its topology file.
package struct RenderContext: Hashable, Sendable {
  /// The path from the output folder to the folder of the topology file, such as `../..`.
  package let sourceFolder: String
  /// The topology file's name without its folder.
  package let sourceName: String

  package init(sourceFolder: String, sourceName: String) {
    (self.sourceFolder, self.sourceName) = (sourceFolder, sourceName)
  }
}

/// A file to write.
package struct OutputFile: Hashable, Sendable {
  package enum Access: Hashable, Sendable {
    /// Everybody may read it: 0644.
    case readable
    /// Everybody may read and run it: 0755.
    case executable
    /// Contains or may contain a secret: 0600.
    case secret
  }

  /// Relative to the output folder, with slashes.
  package let path: String
  package let contents: String
  package let access: Access

  package init(path: String, contents: String, access: Access = .readable) {
    (self.path, self.contents, self.access) = (path, contents, access)
  }
}
