import Admission
import ArgumentParser
import Reporting
import SchemaCoding
import Workspace

struct HBAMatrixCommand: Subcommand {
  static let configuration = CommandConfiguration(
    commandName: "matrix",
    abstract: "Lists who can reach what, with which method, and by which record.",
    discussion: """
      Asks about every node, client, user and database of the topology, and about one of each \
      kind of others that the records tell apart; who is not listed is turned away. In a plain \
      pg_hba.conf, "+role" stands for a member of that role. Whom a regular expression \
      matches beside the names that are listed, "pgtopo hba explain" says.

      Exit status: 0, or 1 when a node or client of the topology is turned away from what it is \
      there for, or 2 when the work could not be done.
      """)

  @OptionGroup var source: HBASourceOptions

  @Option(help: "How to answer: text or json.")
  var format = AnswerFormat.text

  @OptionGroup var color: ColorOption

  func outcome(in environment: Environment) throws(CommandError) -> Outcome {
    let book = try source.book(in: environment)
    let node = try source.node(of: book)
    let matrix: AdmissionMatrix
    do throws(QuestionError) { matrix = try AdmissionMatrix(book, node) } catch {
      throw CommandError(error)
    }
    return Outcome(
      status: matrix.servesItsTopology ? .clean : .findings,
      output: format == .text
        ? matrix.text(color.style(for: .output, in: environment)) : JSONText.of(matrix.json))
  }
}
