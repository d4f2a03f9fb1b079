import Diagnostics
import PostgresConfig
import Reporting
import SchemaCoding
import SourceText
import TopologyModel
import TopologyRender

/// The records that a server goes by, each with where it comes from.
struct HBABook {
  struct Entry {
    let record: HBARecord
    let origin: Origin
  }

  enum Origin: Hashable {
    case written(path: String, line: Int)
    /// Follows from the rest of the topology.
    case derived(reason: String)
  }

  let entries: [Entry]
  let records: HBARecords
  /// Nil for a plain file.
  let topology: ResolvedTopology?
  /// The addresses that the user named for a plain file.
  private let server: ServerAddresses?
  /// What is said to let somebody in when there is no node to name.
  let path: String

  private init(
    _ entries: [Entry], path: String, topology: ResolvedTopology? = nil,
    server: ServerAddresses? = nil
  ) {
    (self.entries, self.path, self.topology, self.server) = (entries, path, topology, server)
    records = topology?.hbaRecords ?? HBARecords(entries.lazy.map(\.record))
  }

  /// Takes a topology with findings, too: what lint says of the records is what one asks
  /// about here. One that cannot be resolved is reported and gives none.
  init(
    topology path: String?, for target: Target, in environment: Environment
  ) throws(CommandFailure) {
    let source = try TopologyFiles.single(path, hint: "Name the one to ask.", in: environment)
    var diagnostics: [Diagnostic] = []
    guard let topology = ResolvedTopology.read(source, for: target, &diagnostics) else {
      let report = Report(diagnostics, files: [source])
      throw CommandFailure(
        report: Reporter.text.render(report, .plain) + "\n\(report.summary)\n")
    }
    let lines = LineTable(source.bytes)
    let entries = topology.hba.map { effective in
      let origin: Origin =
        switch effective.origin {
        case .declared(let range):
          .written(path: source.path, line: lines.position(at: range.lowerBound).line)
        case .derived(let reason): .derived(reason: reason)
        }
      return Entry(record: effective.record, origin: origin)
    }
    self.init(entries, path: source.path, topology: topology)
  }

  /// A file that a server would not take has no records to go by.
  init(
    file: String, major: PostgresMajor, server: ServerAddresses?, in environment: Environment
  ) throws(CommandFailure) {
    let check = HBAFileCheck(file: file, major: major, environment: environment)
    let bytes = try environment.contents(of: file)
    let rules = check.rules(bytes)
    guard rules.loads else {
      throw CommandFailure([
        CommandFailure(report: check.report(rules, bytes, .plain)),
        CommandFailure("PostgreSQL \(major) does not take file \(name: file)"),
      ])
    }
    let entries = rules.records.map {
      Entry(record: $0.record, origin: .written(path: $0.fileName, line: $0.lineNumber))
    }
    self.init(entries, path: file == "-" ? "<stdin>" : file, server: server)
  }

  /// What `samehost` and `samenet` are about; nil when that is not known.
  func serverAddresses(of node: ResolvedNode?) -> ServerAddresses? {
    guard let topology, let node else { return server }
    return topology.network.serverAddresses(of: node)
  }
}

extension HBABook.Entry {
  /// The record in one line, without the options of its method: they decide nothing here,
  /// and may hold secrets.
  var text: String {
    var record = record
    record.options = []
    return record.fields.filter { !$0.isEmpty }.joined(separator: " ")
  }
}

extension HBABook.Origin {
  /// `topology.yml:17`, or why the record is there; fit for a terminal.
  var text: String {
    switch self {
    case .written(let path, let line): "\(VisibleText.escaping(path)):\(line)"
    case .derived(let reason): "derived, \(VisibleText.escaping(reason))"
    }
  }

  var json: JSONValue {
    switch self {
    case .written(let path, let line):
      .object(["file_name": .string(path), "line_number": .integer(line)])
    case .derived(let reason): .object(["derived": .string(reason)])
    }
  }
}
