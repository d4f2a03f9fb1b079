import Diagnostics
import Foundation
import IPAddressing
import PostgreSQL
import SourceText
import TestSupport
import Testing
import TopologyModel

/// Whatever names, passwords and settings a topology contains, PostgreSQL and its programs
/// read them back unchanged from the rendered files.
@Suite(
  .enabled(
    if: Tool.areAvailable(
      "docker compose", "psql", "pg_isready", "initdb", "postgres",
      for: "random topologies in PostgreSQL")))
struct PropertyServerTests {
  /// Two servers, so that two processors are busy.
  @Test(arguments: [UInt64(1)...30, 31...60])
  func postgresFindsEveryValue(_ seeds: ClosedRange<UInt64>) throws {
    let server = try PostgresServer()
    defer { server.stop() }
    let clients = try PropertyClients()
    for seed in seeds {
      let render = try PropertyRender(seed: seed, port: server.port)
      defer { render.remove() }
      try checkSettings(render, server, seed)
      try checkHBA(render, server, seed)
      let roles = PropertyRoles(render, server)
      try roles.create()
      try roles.check(seed)
      try clients.check(render, server, seed)
      try roles.drop()
    }
  }

  private struct FileSetting: Decodable {
    let name: String?
    let setting: String?
  }

  private func checkSettings(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    for node in [render.topology.primary, render.topology.replicas[0]] {
      // The file that initdb made is elsewhere.
      let lines = try render.text("\(node.name)/postgresql.conf")
        .split(separator: "\n", omittingEmptySubsequences: false)
        .filter { !$0.hasPrefix("include ") }
      try Data(lines.joined(separator: "\n").utf8).write(to: server.configurationFile)
      let found: [FileSetting] = try server.rows(
        "SELECT name, setting FROM pg_file_settings WHERE sourcefile LIKE '%/postgresql.conf'"
          + " ORDER BY seqno")
      let sample = render.sample.settings
      for setting in sample {
        let value = found.first { $0.name == setting.name }?.setting
        #expect(value.map(Exact.init) == Exact(setting.value), "seed \(seed): \(setting.name)")
      }
      let derived = node.settings.all.dropFirst(sample.count).map(\.name)
      let role = ["recovery_end_command"]
      #expect(
        found.map(\.name) == ["hba_file"] + sample.map(\.name) + derived + role, "seed \(seed)")
    }
  }

  private struct HBARow: Decodable {
    let type: String?
    let database: [String]?
    let user_name: [String]?
    let address: String?
    let options: [String]?
    let error: String?
  }

  private func checkHBA(
    _ render: PropertyRender, _ server: PostgresServer, _ seed: UInt64
  ) throws {
    let text = try render.text("\(render.topology.primary.name)/pg_hba.conf")
    try Data(text.utf8).write(to: server.hbaFile)
    let found: [HBARow] = try server.rows("SELECT * FROM pg_hba_file_rules ORDER BY line_number")
    #expect(found.count == render.topology.hba.count, "seed \(seed)")
    for row in found {
      // TLS is off in this server: only then may a record have no effect.
      #expect(row.error == nil || row.type == "hostssl", "seed \(seed): \(row.error ?? "")")
    }
    let sample = render.sample
    for (row, record) in zip(found, sample.records) {
      #expect(exact(row.database) == exact(record.databases), "seed \(seed)")
      #expect(exact(row.user_name) == exact(record.users), "seed \(seed)")
      #expect(exact(row.options) == exact(record.map.map { ["map=\($0)"] }), "seed \(seed)")
    }
    for client in sample.clients {
      let address = render.topology.clients.first { $0.name == client.name }?.ip.value.description
      let row = found.first { $0.address == address }
      #expect(exact(row?.database) == exact([client.database]), "seed \(seed)")
      #expect(exact(row?.user_name) == exact([sample.users[client.user].name]), "seed \(seed)")
    }
    let replication = found.filter { $0.database == ["replication"] }
    for node in sample.nodes {
      let row = replication.first { $0.address == node.address }
      #expect(exact(row?.user_name) == exact([sample.users[1].name]), "seed \(seed)")
    }
  }

  private func exact(_ texts: [String]?) -> [Exact]? { texts?.map(Exact.init) }
}

extension PostgresServer {
  /// The rows of a query, passed as JSON, which can contain any text.
  func rows<Row: Decodable>(_ query: String) throws -> [Row] {
    let json = try run("SELECT coalesce(json_agg(r), '[]') FROM (\(query)) AS r;")
    return try JSONDecoder().decode([Row].self, from: Data(json.utf8))
  }
}
