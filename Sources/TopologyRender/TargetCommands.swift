/// The shell commands with which people carry out what a render reports.
///
/// A folder is the output folder as the user would write it.
package struct TargetCommands: Sendable {
  /// The software that runs the nodes, as a name in a sentence.
  package let engine: String
  /// The words of `start` for use in a sentence, without a folder.
  package let startWords: String
  /// Starts every node and waits for them.
  package let start: @Sendable (_ folder: String) -> String
  /// The same, and stops nodes that are no longer declared.
  package let startWithoutOthers: @Sendable (_ folder: String) -> String
  /// Removes every node of a project but keeps the data.
  package let end: @Sendable (_ project: String) -> String
  /// Runs a program on a node.
  package let run: @Sendable (Run) -> String
  /// The engine's name for a volume of a project.
  package let volume: @Sendable (_ name: String, _ project: String) -> String
  /// The name of the volume with a node's data, in its project.
  package let dataVolume: @Sendable (_ node: String) -> String
  package let removeVolume: @Sendable (_ volume: String) -> String
  /// Copies all data from a volume or absolute folder to another.
  package let copy: @Sendable (_ source: String, _ place: String, _ image: String) -> String

  /// A program on a node.
  package struct Run: Sendable {
    package let folder: String
    package let node: String
    /// The program and its arguments.
    package let words: [String]
    /// Whether its input is a file rather than a person.
    package let readsFile: Bool

    package init(folder: String, node: String, words: [String], readsFile: Bool) {
      (self.folder, self.node, self.words) = (folder, node, words)
      self.readsFile = readsFile
    }
  }

  package init(
    engine: String, startWords: String,
    start: @escaping @Sendable (_ folder: String) -> String,
    startWithoutOthers: @escaping @Sendable (_ folder: String) -> String,
    end: @escaping @Sendable (_ project: String) -> String,
    run: @escaping @Sendable (Run) -> String,
    volume: @escaping @Sendable (_ name: String, _ project: String) -> String,
    dataVolume: @escaping @Sendable (_ node: String) -> String,
    removeVolume: @escaping @Sendable (_ volume: String) -> String,
    copy: @escaping @Sendable (_ source: String, _ place: String, _ image: String) -> String
  ) {
    (self.engine, self.startWords, self.start) = (engine, startWords, start)
    (self.startWithoutOthers, self.end, self.run) = (startWithoutOthers, end, run)
    (self.volume, self.dataVolume, self.removeVolume) = (volume, dataVolume, removeVolume)
    self.copy = copy
  }
}
