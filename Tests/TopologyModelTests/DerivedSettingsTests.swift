import PostgreSQL
import Testing
import TopologyModel
import TopologyRender

@Suite struct DerivedSettingsTests {
  private func settings(of node: String = "primary", _ text: String) throws -> [String: String] {
    let topology = try Sample.topology(text)
    let found = try #require(topology.nodes.first { $0.name == node })
    return Dictionary(uniqueKeysWithValues: found.settings.all.map { ($0.name, $0.text) })
  }

  @Test func preparesEveryNodeToServeReplicas() throws {
    for node in ["primary", "replica"] {
      #expect(
        try settings(of: node, Sample.minimal) == [
          "listen_addresses": "*", "wal_level": "replica", "max_wal_senders": "10",
          "max_replication_slots": "10", "hot_standby": "on", "wal_log_hints": "on",
        ])
    }
  }

  @Test func leavesAloneWhatASingleNodeDoesNotNeed() throws {
    let alone = Sample.minimal.replacing("  replica: {role: replica, ip: 172.22.0.101}\n", with: "")
    #expect(try settings(alone) == ["listen_addresses": "*"])
  }

  @Test func countsTwoSendersForEachReplica() throws {
    let more = (1...12).map { "  r\($0): {role: replica, ip: 172.22.0.\($0)}\n" }.joined()
    let settings = try settings(Sample.minimal + more)
    #expect(settings["max_wal_senders"] == "28")
    #expect(settings["max_replication_slots"] == "15")
  }

  @Test func letsTheFileWinOverWhatIsDerivedAndANodeOverTheFile() throws {
    let text =
      Sample.minimal.replacing(
        "172.22.0.101", with: "172.22.0.101, settings: {MAX_WAL_SENDERS: 7, work_mem: 8MB}")
      + "settings: {max_wal_senders: 5, hot_standby: off, work_mem: 4MB}\n"
    let primary = try settings(text)
    #expect(primary["max_wal_senders"] == "5" && primary["hot_standby"] == "off")
    #expect(primary["work_mem"] == "4MB" && primary["wal_level"] == "replica")
    let replica = try settings(of: "replica", text)
    #expect(replica["max_wal_senders"] == "7" && replica["work_mem"] == "8MB")
  }

  @Test func keepsTheTextOfAValueAsItStands() throws {
    let text = Sample.minimal + "settings: {a.b: 0777, c.d: 1e3, e.f: \"on\", g.h: true, i.j: ''}\n"
    let settings = try settings(text)
    #expect(settings["a.b"] == "0777" && settings["c.d"] == "1e3" && settings["e.f"] == "on")
    #expect(settings["g.h"] == "true" && settings["i.j"] == "")
  }

  @Test func derivesPortArchiveAndTLS() throws {
    let text =
      Sample.minimal.replacing("version: 17", with: "version: 17, port: 6543")
      + "archive: {path: ./wal}\ntls: {certificate: a.crt, key: a.key, ca: ca.crt}\n"
    let settings = try settings(text)
    #expect(settings["port"] == "6543" && settings["archive_mode"] == "on")
    #expect(settings["archive_command"]?.contains("%p") == true)
    #expect(settings["restore_command"]?.contains("%f %p") == true)
    #expect(
      settings["ssl"] == "on"
        && settings["ssl_cert_file"] == RenderTarget.compose.target.paths.certificate)
    #expect(
      settings["ssl_key_file"] == RenderTarget.compose.target.paths.key
        && settings["ssl_ca_file"] == RenderTarget.compose.target.paths.ca)
    #expect(
      try self.settings(Sample.minimal + "tls: {certificate: a, key: b}\n")["ssl_ca_file"] == nil)
  }

  @Test(arguments: [
    ("{method: any, count: 1, replicas: [replica]}", "ANY 1 (replica)"),
    ("{method: any, count: 1}", "ANY 1 (replica)"),
    ("{method: first, count: 1, replicas: [far, replica]}", "FIRST 1 (far, replica)"),
    ("{method: first, count: 2, replicas: [replica, far]}", "FIRST 2 (replica, far)"),
  ])
  func namesTheSynchronousReplicasForThePrimaryAlone(_ written: String, _ text: String) throws {
    let topology = Sample.cascade + "replication: {synchronous: \(written)}\n"
    #expect(try settings(topology)["synchronous_standby_names"] == nil)
    #expect(try settings(of: "replica", topology)["synchronous_standby_names"] == nil)
    #expect(try Sample.topology(topology).synchronous?.text == text)
    #expect(try names("primary", topology) == text)
  }

  @Test(arguments: [
    ("{method: any, count: 1}", "replica", "ANY 1 (primary)"),
    ("{method: first, count: 1, replicas: [far, replica]}", "replica", "FIRST 1 (far, primary)"),
    ("{method: first, count: 1, replicas: [far, replica]}", "far", "FIRST 1 (primary, replica)"),
    ("{method: any, count: 1, replicas: [replica]}", "far", "ANY 1 (replica)"),
  ])
  func letsTheDeclaredPrimaryTakeTheSynchronousPlaceOfWhoeverIsPrimary(
    _ written: String, _ node: String, _ text: String
  ) throws {
    #expect(
      try names(node, Sample.cascade + "replication: {synchronous: \(written)}\n") == text)
  }

  private func names(_ node: String, _ text: String) throws -> String? {
    let topology = try Sample.topology(text)
    let found = try #require(topology.nodes.first { $0.name == node })
    return topology.synchronousNames(whenPrimary: found)?.description
  }

  @Test(arguments: [
    ("version: 17", "on"), ("version: 17, initdb: {data_checksums: true}", nil),
    ("version: 17, initdb: {data_checksums: false}", "on"), ("version: 18", nil),
    ("version: 18, initdb: {locale: C}", nil),
    ("version: 18, initdb: {data_checksums: false}", "on"),
  ])
  func logsHintsUnlessPagesCarryChecksums(_ server: String, _ value: String?) throws {
    let text = Sample.minimal.replacing("version: 17", with: server)
    #expect(try settings(text)["wal_log_hints"] == value)
  }

  @Test func quotesSynchronousNamesThatAreNoIdentifiers() throws {
    let text = Sample.minimal.replacing("replica: {", with: "replica-1: {")
    #expect(
      try names("primary", text + "replication: {synchronous: {method: any, count: 1}}\n")
        == "ANY 1 (\"replica-1\")")
  }

  @Test func takesTheSettingItselfOverTheKey() throws {
    let text =
      Sample.minimal + "settings: {synchronous_standby_names: '*'}\n"
      + "replication: {synchronous: {method: any, count: 1}}\n"
    let topology = try Sample.topology(text)
    #expect(topology.synchronous?.text == "*" && topology.synchronous?.range != nil)
    #expect(topology.primary.settings["synchronous_standby_names"].text == "*")
    #expect(topology.synchronousNames(whenPrimary: topology.primary) == nil)
  }

  @Test func waitsForNobodyUnlessAskedTo() throws {
    #expect(try Sample.topology(Sample.minimal).synchronous == nil)
    #expect(try names("primary", Sample.minimal) == nil)
  }
}
