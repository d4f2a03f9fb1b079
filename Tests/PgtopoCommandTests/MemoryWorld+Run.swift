import PgtopoCommand
import TestWorld

extension MemoryWorld {
  /// Runs a command line in "/home".
  @discardableResult func run(_ arguments: String...) -> Int32 { run(arguments) }

  @discardableResult func run(_ arguments: [String]) -> Int32 {
    change { ($0.output, $0.errors, $0.journal) = ("", "", []) }
    return Pgtopo.run(arguments, in: environment)
  }
}
