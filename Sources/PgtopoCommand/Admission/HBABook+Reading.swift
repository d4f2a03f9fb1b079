import Admission
import Diagnostics
import PostgreSQL
import Reporting
import SourceText
import TopologyModel
import TopologyRender
import Workspace

extension HBABook {
  /// Takes a topology with findings, too: what lint says of the records is what one asks
  /// about here. One that cannot be resolved is reported and gives none.
  init(
    topology path: String?, for target: Target, in environment: Environment
  ) throws(CommandError) {
    let source = try TopologyFiles.single(path, hint: "Name the one to ask.", in: environment)
    var diagnostics: [Diagnostic] = []
    guard let topology = ResolvedTopology.read(source, for: target, &diagnostics) else {
      let report = Report(diagnostics, files: [source])
      throw CommandError(
        report: Reporter.text.render(report, .plain) + "\n\(report.summary)\n")
    }
    self.init(topology, in: source)
  }

  /// A file that a server would not take has no records to go by.
  init(
    file: String, major: PostgresMajor, server: ServerAddresses?, in environment: Environment
  ) throws(CommandError) {
    let check = HBAFileCheck(file: file, major: major, environment: environment)
    let bytes = try environment.contents(of: file)
    let rules = check.rules(bytes)
    guard rules.loads else {
      throw CommandError([
        CommandError(report: check.report(rules, bytes, .plain)),
        CommandError("PostgreSQL \(major) does not take file \(name: file)"),
      ])
    }
    self.init(rules, path: file == "-" ? "<stdin>" : file, at: server)
  }
}
