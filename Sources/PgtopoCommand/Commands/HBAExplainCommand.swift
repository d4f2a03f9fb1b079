import Admission
import ArgumentParser
import PostgreSQL
import Reporting
import SchemaCoding
import Workspace

struct HBAExplainCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Says which record decides about a connection, and why the earlier ones do not.",
    discussion: """
      The name of a client as --from stands for its address, user and database; that of a node \
      for its address, the replication user and replication.

      Exit status: 0 when the connection is let in, to prove who it is by the method; 1 when it \
      is turned away; 2 when only the server can know, or the work could not be done. Of several \
      connections the highest counts.
      """)

  @OptionGroup var source: HBASourceOptions

  @Option(help: "The role that logs in.")
  var user: String?

  @Option(help: "The database that is connected to.")
  var database: String?

  @Flag(help: "Ask for physical replication, as replicas and pg_basebackup do.")
  var replication = false

  @Option(
    help: ArgumentHelp(
      "Where the connection comes from: an address, or a node or client of the topology.",
      valueName: "address"))
  var from: String?

  @Flag(help: "Connect over the Unix-domain socket.")
  var local = false

  @Flag(help: "Connect with TLS: the default where the topology has \"tls\".")
  var tls = false

  @Flag(help: "Connect without TLS.")
  var noTls = false

  @Flag(help: "Connect with GSSAPI encryption.")
  var gss = false

  @Option(
    help: ArgumentHelp(
      "A role that the user is a member of, directly or through others.",
      discussion: "Can be repeated. Memberships in the topology need not be named.",
      valueName: "role"))
  var memberOf: [String] = []

  @Option(
    help: ArgumentHelp(
      "A file with a connection in each line, or - for standard input.",
      discussion: "In the words of pg_hba.conf: TYPE DATABASE USER [ADDRESS] [+ROLE…], where the "
        + "type is local, host (without encryption), hostssl or hostgssenc. Each is answered in "
        + "a line: the decision, the method, and where the record is from, with tabs between.",
      valueName: "file"))
  var connections: String?

  @Option(help: "How to answer: text or json.")
  var format = AnswerFormat.text

  @OptionGroup var color: ColorOption

  func validate() throws {
    guard connections == nil else {
      let others = [user, database, from].contains { $0 != nil } || !memberOf.isEmpty
      guard !others, ![replication, local, tls, noTls, gss].contains(true) else {
        throw ValidationError("With --connections the file says everything about them.")
      }
      guard format == .text else { throw ValidationError("--connections is answered in text.") }
      guard connections != "-" || source.file != "-" && source.topology != "-" else {
        throw ValidationError("Standard input can be only one of the two files.")
      }
      return
    }
    guard (from == nil) == local else {
      throw ValidationError("Say where the connection comes from: one of --from and --local.")
    }
    guard database == nil || !replication else {
      throw ValidationError("Only one of --database and --replication can be given.")
    }
    let encryptions = [tls, noTls, gss].count { $0 }
    guard encryptions <= 1 else {
      throw ValidationError("Only one of --tls, --no-tls and --gss can be given.")
    }
    guard !local || encryptions == 0 else {
      throw ValidationError("Connections over the socket are not encrypted.")
    }
  }

  func outcome(in environment: Environment) throws(CommandError) -> Outcome {
    let book = try source.book(in: environment)
    if let connections {
      let list = ConnectionList(book: book, node: try source.node(of: book))
      return list.answer(try environment.contents(of: connections), of: connections)
    }
    let answers = try questions(about: book).map { AdmissionAnswer(book, $0) }
    let style = color.style(for: .output, in: environment)
    var outcome = Outcome()
    outcome.output =
      format == .text
      ? answers.map { $0.text(style) }.joined(separator: "\n")
      : JSONText.of(answers.map(\.json))
    for status in answers.map(\.verdict.status) where status.rawValue > outcome.status.rawValue {
      outcome.status = status
    }
    return outcome
  }

  private func questions(about book: HBABook) throws(CommandError) -> [ConnectionQuestion] {
    let description = ConnectionDescription(
      node: source.node, user: user,
      target: replication ? .physicalReplication : database.map(HBAConnection.Target.database),
      from: from, encryption: encryption, memberships: Set(memberOf))
    do throws(QuestionError) { return try description.questions(about: book.walk) } catch {
      throw CommandError(error)
    }
  }

  private var encryption: HBAConnection.Encryption? {
    if tls { return .tls }
    if gss { return .gss }
    return noTls ? HBAConnection.Encryption.none : nil
  }
}
