package import TopologyModel

/// A kind of deployment that a topology can be turned into.
///
/// Its own are a folder beside this file and a line in `all`; rules that judge for it alone
/// say so (`LintRule.target`).
package struct RenderTarget: Identifiable, Sendable {
  package let target: Target
  /// What it is, for a list.
  package let summary: String
  /// What people run when a render is done and when it changed.
  package let commands: TargetCommands
  /// Every file of the render, in the order in which they are reported. It cannot fail:
  /// whatever there is to complain about was a diagnostic earlier.
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
  /// What a topology is for unless somebody says otherwise.
  package static let standard = all[0]
}

/// Where the render lies in relation to its topology file.
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
    /// Anybody may read it: 0644.
    case readable
    /// Anybody may read and run it: 0755.
    case executable
    /// Holds or may hold a secret: 0600.
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
