package import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel
import TopologyRender

/// Something that differs from the earlier render and that starting the nodes alone
/// will not carry out.
package struct Change: Hashable, Sendable {
  /// How much it matters.
  package enum Gravity: String, Sendable { case note, warning }

  package let gravity: Gravity
  /// In PostgreSQL's style: a lowercase fact without full stop.
  package let fact: Diagnostic.Message
  /// What does it today: full sentences, each on a line, and commands on lines of their own.
  package let hint: Diagnostic.Message
  /// Whether the hint has SQL, which somebody must know where to type.
  package let isSQL: Bool

  init(_ fact: Diagnostic.Message, hint: Diagnostic.Message, _ gravity: Gravity = .note) {
    (self.gravity, self.fact, self.hint, isSQL) = (gravity, fact, hint, false)
  }

  /// One that SQL carries out: that of `Remedies.sql`, and what follows it.
  init(_ fact: Diagnostic.Message, sql hint: Diagnostic.Message) {
    (gravity, self.fact, self.hint, isSQL) = (.note, fact, hint, true)
  }

  /// As it is told, each line with its line break.
  package var text: String { "\(gravity): \(fact)\nhint: \(hint)\n" }
}

/// The words with which changes are carried out: commands for the shell that ran pgtopo, and
/// SQL for the node that is the primary.
struct Remedies: Sendable {
  /// Those of the target that is rendered for.
  let commands: TargetCommands
  /// The earlier topology: its project runs, with its superuser and its database.
  private let old: KeptTopology
  /// The output folder as the user would write it.
  private let folder: String
  /// The topology file's folder, absolute.
  private let home: String

  init(_ old: KeptTopology, _ commands: TargetCommands, folder: String, home: String) {
    (self.old, self.commands, self.folder, self.home) = (old, commands, folder, home)
  }

  /// A script of the render.
  func script(_ name: String, _ arguments: String...) -> String {
    ([Path.join(folder, "scripts/\(name)")] + arguments).map(Quoting.shellWord)
      .joined(separator: " ")
  }

  /// Starts the nodes; those that are no longer declared end.
  var startWithoutOthers: String { commands.startWithoutOthers(folder) }

  /// Psql inside a node, with its input from a person or from a file.
  func psql(on node: String, readsFile: Bool = false) -> String {
    commands.run(
      TargetCommands.Run(
        folder: folder, node: node,
        words: ["psql", "-U", old.superuser, "-d", Quoting.databaseArgument(old.database)],
        readsFile: readsFile))
  }

  /// SQL and where it belongs. A shell is not asked, so its quotes are none of ours.
  func sql(on node: String, _ statements: [String]) -> Diagnostic.Message {
    Self.run("In psql on \(name: node)", statements)
  }

  /// Commands below what is said of them.
  static func run(_ words: Diagnostic.Message, _ commands: [String]) -> Diagnostic.Message {
    commands.reduce("\(words):") { "\($0)\n  \(text: $1)" }
  }

  /// The name that the engine has for a node's named volume.
  func volume(of node: String, in topology: KeptTopology) -> String {
    commands.volume(commands.dataVolume(node), topology.name)
  }

  /// Where a node's data is, as words.
  func place(of node: KeptTopology.Node, in topology: KeptTopology) -> Diagnostic.Message {
    node.data.map { "folder \(name: $0)" }
      ?? "volume \(name: volume(of: node.name, in: topology))"
  }

  /// The same for the command that copies it.
  func source(of node: KeptTopology.Node, in topology: KeptTopology) -> String {
    node.data.map { Path.absolute($0, in: home) } ?? volume(of: node.name, in: topology)
  }
}
