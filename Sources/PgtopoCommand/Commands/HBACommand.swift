import Admission
import ArgumentParser
import IPAddressing
import PostgreSQL
import TopologyModel
import TopologyRender
import Workspace

struct HBACommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "hba",
    abstract: "Says whom pg_hba.conf lets in, and by which record.",
    subcommands: [HBAExplainCommand.self, HBAMatrixCommand.self])

  func outcome(in environment: Environment) -> Outcome {
    Outcome(status: .failure, errors: RootCommand.helpMessage(for: HBACommand.self) + "\n")
  }
}

/// Which records are asked about: those of a topology, or those of a plain pg_hba.conf.
struct HBASourceOptions: ParsableArguments {
  @Argument(
    help: ArgumentHelp(
      "The topology file.", discussion: "Without it: the one in the current folder."),
    completion: .file(extensions: ["yml", "yaml"]))
  var topology: String?

  @Option(
    help: ArgumentHelp(
      "A plain pg_hba.conf, or - for standard input, instead of a topology.", valueName: "file"),
    completion: .file(extensions: ["conf"]))
  var file: String?

  @OptionGroup var majorOption: MajorOption

  @Option(
    help: ArgumentHelp(
      "An address of the server that goes by the plain file, such as 172.22.0.100/24.",
      discussion: "Can be repeated. \"samehost\" and \"samenet\" are about these and loopback."))
  var server: [ServerAddress] = []

  @Option(
    help: ArgumentHelp(
      "The node of the topology that is connected to.",
      discussion: "Without it: the upstream of a replica that connects, else the primary."))
  var node: String?

  @OptionGroup var target: TargetOption

  /// An address with the length of its network's prefix.
  struct ServerAddress: ExpressibleByArgument {
    let value: CIDRBlock

    init?(argument: String) {
      guard let block = try? CIDRBlock(argument) else { return nil }
      value = block
    }
  }

  func validate() throws {
    if file == nil {
      guard server.isEmpty else {
        throw ValidationError("--server is for --file: a topology says what addresses nodes have.")
      }
      guard majorOption.major == nil else {
        throw ValidationError("--major is for --file: a topology says its version.")
      }
    } else {
      guard topology == nil else {
        throw ValidationError("Name a topology or --file, not both.")
      }
      guard node == nil else { throw ValidationError("--node is for topologies.") }
    }
  }

  func book(in environment: Environment) throws(CommandError) -> HBABook {
    if let file {
      return try HBABook(
        file: file, major: majorOption.major?.value ?? .newestReleased,
        server: server.isEmpty ? nil : ServerAddresses(server.map(\.value)), in: environment)
    }
    return try HBABook(topology: topology, for: target.chosen.target, in: environment)
  }

  /// The node that is asked about, if there is a topology.
  func node(of book: HBABook) throws(CommandError) -> ResolvedNode? {
    do throws(QuestionError) {
      return try ConnectionDescription(node: node).node(in: book.topology)
    } catch {
      throw CommandError(error)
    }
  }
}
