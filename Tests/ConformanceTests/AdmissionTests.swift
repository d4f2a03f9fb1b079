import Foundation
import PostgreSQL
import TestSupport
import Testing

private let isRunnable =
  Tool.areAvailable(
    "psql", "openssl", "python3", for: "whom a real server lets in")
  && ServerInstallation.areAvailable(for: "whom a real server lets in")

/// Who is let in, and by which record: the simulator against a server.
///
/// No major logs the line of a `reject`, and `trust` is logged only since 16. So each file
/// is tested twice: with `trust` and `reject` to see who is let in, and with `password` and
/// wrong passwords, for which the server logs the line.
@Suite(.enabled(if: isRunnable)) struct AdmissionTests {
  @Test(arguments: ServerInstallation.all)
  func letsInWhomTheServerLetsIn(_ installation: ServerInstallation) throws {
    let server = try PostgresServer(
      installation, settings: ["log_connections = on", "log_line_prefix = '%p '"], hasTLS: true)
    defer { server.stop() }
    let number = try #require(Int(try server.run("SHOW server_version_num").dropLast()))
    let major = PostgresMajor(number / 10000)
    try AdmissionRoles.create(in: server)
    var random = SeededGenerator(seed: 20)
    var count = Counts()
    for index in 0..<60 {
      let clients = AdmissionClient.clients(20, &random)
      let file = AdmissionFile(for: clients, major, &random)
      try count.compare(file, clients, server, major, "file \(index)")
    }
    #expect(count.connections >= 1000 && count.unknown == 0)
    #expect(count.lines >= 500 && count.letIn >= 250 && count.turnedAway >= 250)
    #expect(major < 16 || count.trustLines == count.letIn)
    print("admission \(major): \(count)")
  }
}

/// What was compared.
private struct Counts: CustomStringConvertible {
  var connections: Int { letIn + turnedAway }
  private(set) var letIn = 0
  private(set) var turnedAway = 0
  private(set) var lines = 0
  private(set) var trustLines = 0
  private(set) var unknown = 0

  /// Clients come from the loopback, whatever other addresses the machine has.
  private static let addresses = ServerAddresses([])

  var description: String {
    "\(connections) connections, \(letIn) let in, \(turnedAway) turned away; "
      + "all as predicted; \(lines) lines of records agree, of which \(trustLines) of trust"
  }

  mutating func compare(
    _ file: AdmissionFile, _ clients: [AdmissionClient], _ server: PostgresServer,
    _ major: PostgresMajor, _ name: String
  ) throws {
    let (telling, _, tellingLog) = try ask(server, file, .telling, clients, major, name)
    let (rules, outcomes, log) = try ask(server, file, .deciding, clients, major, name)
    let records = rules.records
    try #require(records.count == telling.records.count, "\(name)")
    let index = HBARecords(records.map(\.record))
    for (number, client) in clients.enumerated() {
      let connection = try client.connection()
      let decision = index.decide(connection, at: Self.addresses)
      let outcome = outcomes[number]
      let context: Comment = "\(name): \(client)\n\(file.text(.deciding))"
      let line: AdmissionLog.Line?
      switch decision {
      case .unknown:
        unknown += 1
        continue
      case .none:
        line = nil
        #expect(outcome == connection.sentence(isRejected: false), context)
      case .record(let record, let method):
        line = AdmissionLog.Line(records[record])
        let sentence = connection.sentence(isRejected: true)
        #expect(outcome == (method == .reject ? sentence : nil), context)
      }
      #expect(tellingLog.refusedBy[number] == line, context)
      if line != nil { lines += 1 }
      if decision.admits { letIn += 1 } else { turnedAway += 1 }
      if let trust = log.admittedBy[number] {
        #expect(trust == line, context)
        trustLines += 1
      }
    }
  }

  /// Connects the clients to a server that uses the file.
  private func ask(
    _ server: PostgresServer, _ file: AdmissionFile, _ methods: AdmissionFile.Methods,
    _ clients: [AdmissionClient], _ major: PostgresMajor, _ name: String
  ) throws -> (HBAFileRules, [String?], AdmissionLog) {
    let files = [
      (server.hbaFile.path, file.text(methods)),
      ("\(server.path)/\(AdmissionFile.includedName)", file.includedText(methods)),
      ("\(server.path)/\(AdmissionFile.listName)", AdmissionFile.listText),
    ]
    for (path, text) in files { try Data(text.utf8).write(to: URL(fileURLWithPath: path)) }
    let rules = HBAFileRules(
      reading: server.hbaFile.path, major: major, server: HBAServer(tlsEnabled: true),
      files: HBACorpus.files)
    try #require(rules.loads, "\(name): \(rules.rows)")
    let start = try server.logSize()
    try server.reload()
    let outcomes = try AdmissionClient.ask(server, clients)
    let text = try server.log(from: start)
    try #require(!text.contains("was not reloaded"), "\(name): \(text)")
    let log = try AdmissionLog(text)
    try #require(outcomes.count == clients.count && log.refusedBy.count == clients.count)
    return (rules, outcomes, log)
  }
}

extension AdmissionLog.Line {
  fileprivate init(_ record: HBAFileRules.PlacedRecord) {
    file = record.fileName.split(separator: "/").last.map(String.init) ?? ""
    number = record.lineNumber
  }
}
