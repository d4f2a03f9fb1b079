import Diagnostics
import SourceText
import Testing
import TopologyLint

/// Behaviour that the examples of the rules about HBA records do not show.
struct HBARuleTests {
  @Test func showsEveryRecordThatTakesTheConnections() throws {
    let fragment = hba(
      "{type: hostnossl, databases: [demo], users: [all], address: all, method: reject}",
      "{type: hostssl, databases: [all], users: [app], address: 172.22.0.0/24, method: md5}",
      "{type: host, databases: [demo], users: [app], address: 172.22.0.7/32, method: md5}")
    let tls = "tls: {certificate: server.crt, key: server.key}\n"
    let finding = try #require(try findings("unreachable-hba-record", in: fragment + tls).first)
    #expect(
      finding.notes.map(\.message.description) == [
        "this record rejects such connections first", "this record takes such connections first",
      ])
    #expect(finding.range.text(in: fragment + tls).hasPrefix("{type: host, databases: [demo]"))
  }

  @Test func aRecordThatNeverMatchesCoversNothing() throws {
    let broken = hba(
      "{type: host, databases: [all], users: [all], address: all, method: peer}",
      "{type: host, databases: [demo], users: [app], address: 172.22.0.7/32, method: md5}")
    #expect(try findings("unreachable-hba-record", in: broken) == [])
    let older = "postgres: {version: 15, image: postgres:15-bookworm}\n"
    let regex = hba(
      "{type: host, databases: [all], users: [/.], address: all, method: md5}",
      "{type: host, databases: [demo], users: [app], address: 172.22.0.7/32, method: md5}")
    #expect(try findings("unreachable-hba-record", in: regex).count == 1)
    #expect(try findings("unreachable-hba-record", in: regex + older) == [])
  }

  @Test func theSameRecordTwiceIsUnreachable() throws {
    let record =
      "{type: host, databases: [demo], users: [app], address: 172.22.0.7/32, method: md5}"
    #expect(try findings("unreachable-hba-record", in: hba(record, record)).count == 1)
  }

  @Test(arguments: [
    ("172.22.0.5/24", ["172.22.0.5/32", "172.22.0.0/24"]),
    ("172.22.0.5 255.255.255.0", ["172.22.0.5/32", "172.22.0.0/24"]),
    ("\"fd00:22::5/64\"", ["'fd00:22::5/128'", "'fd00:22::/64'"]),
  ])
  func offersTheHostAndTheNetwork(_ address: String, _ texts: [String]) throws {
    let fragment = hba(from: address)
    let finding = try #require(try findings("host-bits-in-hba-address", in: fragment).first)
    #expect(finding.fixes.map(\.safety) == [.unsafe, .unsafe])
    #expect(finding.fixes.flatMap(\.edits).map(\.replacement) == texts)
  }

  @Test(arguments: ["127.0.0.1/8", "172.22.0.5/0", "172.22.0.0/24", "samenet", "172.22.0.5/32"])
  func hasNothingToSayAboutOtherAddresses(_ address: String) throws {
    #expect(try findings("host-bits-in-hba-address", in: hba(from: address)) == [])
  }

  /// One slip causes one finding, from the rule that says most about it.
  @Test(arguments: [
    ("172.22.0.101/24", "replication", ["host-bits-in-hba-address"]),
    ("10.0.0.0/8", "replication", ["hba-address-outside-network"]),
    ("0.0.0.0/0", "replication", ["open-to-the-world"]),
    ("172.22.0.0/16", "replication", ["wide-replication-record"]),
    ("172.22.0.99/32", "replication", ["hba-address-unknown"]),
    ("\"::ffff:172.22.0.101/128\"", "replication", ["misread-hba-address"]),
    ("172.22.0.0/24", "ALL", ["misread-hba-address"]),
    ("172.22.0.0/24", "Demo", ["hba-database-unknown"]),
  ])
  func reportsAFaultOnce(
    _ address: String, _ database: String, _ expected: [Diagnostic.ID]
  ) throws {
    let fragment = hba(
      "{type: host, databases: [\(database)], users: [repuser], address: \(address), method: scram-sha-256}"
    )
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id) == expected)
  }

  @Test(arguments: [
    ("nodes: {primary: {role: primary, ip: 172.22.0.100, publish: \"0.0.0.0:5432\"}}", 0),
    ("nodes: {primary: {role: primary, ip: 172.22.0.100, publish: \"127.0.0.1:5432\"}}", 1),
    ("network: {subnet: 172.22.0.0/24, external: true}", 0),
    ("network: {subnet: 172.22.0.0/24, driver: macvlan}", 0),
    ("network: {subnet: 10.1.0.0/24}\nnodes: {primary: {role: primary, ip: 10.1.0.100}}", 0),
  ])
  func othersMayComeThroughAPublishedPort(_ keys: String, _ count: Int) throws {
    let fragment = hba(from: "10.0.0.0/8") + keys + "\n"
    #expect(try findings("hba-address-outside-network", in: fragment).count == count)
  }

  @Test func scriptsAndUsersMayCreateDatabases() throws {
    let fragment = hba(
      "{type: host, databases: [sales], users: [all], address: 172.22.0.0/24, method: md5}")
    #expect(try findings("hba-database-unknown", in: fragment).count == 1)
    let scripts = "postgres: {version: 17, init: ./init}\n"
    #expect(try findings("hba-database-unknown", in: fragment + scripts) == [])
    let users = """
      users:
        admin: {attributes: [superuser], password: {env: A}}
        app: {attributes: [createdb], password: {env: B}}

      """
    #expect(try findings("hba-database-unknown", in: fragment + users) == [])
  }

  @Test func aSettingMayTurnTLSOn() throws {
    let fragment = hba(
      "{type: hostssl, databases: [demo], users: [app], address: 172.22.0.0/24, method: md5}")
    #expect(try findings("hostssl-without-tls", in: fragment).count == 1)
    #expect(try findings("hostssl-without-tls", in: fragment + "settings: {ssl: on}\n") == [])
    #expect(
      try findings("hostssl-without-tls", in: fragment + "settings: {ssl: off}\n").count == 1)
  }

  @Test(
    arguments: [
      (15, "/^a", "md5", ["hba-feature-too-new"]), (16, "/^a", "md5", []),
      (17, "app", "oauth", ["hba-feature-too-new"]), (18, "app", "oauth", ["invalid-hba-record"]),
      (18, "app", "radius", ["invalid-hba-record"]), (19, "app", "radius", ["invalid-hba-record"]),
    ] as [(Int, String, String, [Diagnostic.ID])])
  func judgesByTheMajor(
    _ major: Int, _ user: String, _ method: String, _ expected: [Diagnostic.ID]
  ) throws {
    let fragment =
      "postgres: {version: \(major)}\n"
      + hba(
        "{type: host, databases: [demo], users: [\(user)], address: 172.22.0.0/24, method: \(method)}"
      )
    let found = try ["hba-feature-too-new", "invalid-hba-record"].flatMap {
      try findings(Diagnostic.ID(stringLiteral: $0), in: fragment).map(\.id)
    }
    #expect(Array(Set(found)) == expected)
  }

  @Test func oauthNeedsAValidatorThatTheSettingsKnow() throws {
    let fragment =
      "postgres: {version: 18}\n"
      + hba(
        "{type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: oauth, options: {issuer: 'https://id.example.com', scope: openid}}"
      )
    let message = try findings("invalid-hba-record", in: fragment).map(\.message.description)
    #expect(message == ["oauth_validator_libraries must be set for authentication method oauth"])
    let setting = "settings: {oauth_validator_libraries: my_validator}\n"
    #expect(try findings("invalid-hba-record", in: fragment + setting) == [])
  }

  @Test(arguments: [
    ("", Fix.Safety.safe), ("postgres: {version: 17, init: ./init}\n", .unsafe),
    ("settings: {password_encryption: md5}\n", .unsafe),
    ("nodes: {primary: {role: primary, ip: 172.22.0.100, data: ./data}}\n", .unsafe),
  ])
  func md5IsReplacedSafelyWhereNoPasswordIsStoredSo(_ keys: String, _ safety: Fix.Safety) throws {
    let fragment =
      hba("{type: host, databases: [demo], users: [app], address: 172.22.0.0/24, method: md5}")
      + keys
    let fix = try #require(try findings("md5-authentication", in: fragment).first?.fixes.first)
    #expect(fix.safety == safety)
    #expect(fix.edits.map { $0.range.text(in: fragment) } == ["md5"])
  }

  @Test func aReplicationRecordNamesASuperuserWithoutHarm() throws {
    let record =
      "{type: host, databases: [replication], users: [admin], address: 172.22.0.101/32, method: md5}"
    #expect(try findings("superuser-over-network", in: hba(record)) == [])
    let both = record.replacing("[replication]", with: "[demo, replication]")
    #expect(try findings("superuser-over-network", in: hba(both)).count == 1)
  }

  @Test func aClientsRecordIsNotReportedBesideTheClient() throws {
    let fragment =
      hba("{type: host, databases: [demo], users: [admin], address: 172.22.0.7/32, method: md5}")
      + "clients: {tool: {ip: 172.22.0.7, user: admin}}\n"
    let found = try findings("superuser-over-network", in: fragment)
    #expect(found.map { $0.range.text(in: fragment) } == ["admin"])
    #expect(found.first?.message.description == "client \"tool\" connects as superuser \"admin\"")
  }

  @Test(arguments: [
    "{type: local, databases: [demo], users: [reader], method: md5}",
    "{type: host, databases: [demo], users: [+readers], address: 172.22.0.0/24, method: md5}",
    "{type: host, databases: [demo], users: [/^re], address: 172.22.0.0/24, method: md5}",
    "{type: host, databases: [demo], users: [all], address: 172.22.0.0/24, method: md5}",
  ])
  func aUserThatARecordLetsInIsUsed(_ record: String) throws {
    let users = """
      users:
        admin: {attributes: [superuser], password: {env: A}}
        readers: {password: {env: B}}
        reader: {password: {env: C}, member_of: [readers]}

      """
    #expect(try findings("unused-user", in: users).count == 1)
    #expect(try findings("unused-user", in: users + hba(record)) == [])
    let rejecting = record.replacing("md5", with: "reject")
    #expect(try findings("unused-user", in: users + hba(rejecting)).count == 1)
  }

  private func hba(from address: String) -> String {
    hba("{type: host, databases: [demo], users: [app], address: \(address), method: md5}")
  }

  private func hba(_ records: String...) -> String {
    "hba:\n  records:\n" + records.map { "    - \($0)\n" }.joined()
  }
}
