import Diagnostics
import SourceText
import Testing
import TopologyLint

/// Who is let in is decided by walking the records as the server does.
struct AdmissionRuleTests {
  private let rule: Diagnostic.ID = "replica-not-admitted"

  @Test func pointsAtTheRecordThatRejects() throws {
    let record =
      "{type: host, databases: [replication], users: [all], address: all, method: reject}"
    let fragment = hba(record)
    let finding = try #require(try findings(rule, in: fragment).first)
    #expect(finding.range.text(in: fragment) == "172.22.0.101")
    #expect(finding.notes.map { $0.range.text(in: fragment) } == [record])
    #expect(
      finding.message.description.contains(
        """
        pg_hba.conf rejects replication connection for host "172.22.0.101", user "repuser", \
        no encryption
        """))
  }

  @Test func aRecordThatRejectsAfterOneThatLetsInChangesNothing() throws {
    let fragment = hba(
      "{type: host, databases: [replication], users: [all], address: samenet, method: md5}",
      "{type: host, databases: [replication], users: [all], address: all, method: reject}")
    #expect(try findings(rule, in: fragment) == [])
    let certain = fragment.replacing("samenet", with: "172.22.0.0/24")
    #expect(try findings(rule, in: certain) == [])
  }

  @Test func theFirstMatchWinsWhetherItIsForOneAddressOrForMany() throws {
    let one = "{type: host, databases: [replication], users: [all], address: 172.22.0.101/32, "
    let many = "{type: host, databases: [replication], users: [all], address: 172.22.0.0/24, "
    let rejects = hba(one + "method: reject}", many + "method: md5}")
    #expect(try findings(rule, in: rejects).count == 1)
    let admits = hba(many + "method: md5}", one + "method: reject}")
    #expect(try findings(rule, in: admits) == [])
  }

  @Test(arguments: [
    ("samehost", 1), ("samenet", 0), ("db.example.com", 0), ("127.0.0.0/8", 1),
  ])
  func aNodeKnowsItsOwnAddressesAndNetworks(address: String, count: Int) throws {
    let fragment = hba(
      "{type: host, databases: [replication], users: [all], address: \(address), method: md5}",
      derive: false)
    #expect(try findings(rule, in: fragment).count == count)
  }

  @Test func samenetRejectsWhomItIsAbout() throws {
    let fragment = hba(
      "{type: host, databases: [replication], users: [all], address: samenet, method: reject}")
    #expect(try findings(rule, in: fragment).count == 1)
  }

  @Test(arguments: [
    ("[all]", "[repuser]", "\"all\" does not match replication connections here"),
    ("[replication]", "[admin]", "this record is for other users"),
    ("[demo]", "[repuser]", "this record is for other databases"),
  ])
  func namesTheFieldThatTurnsTheReplicaAway(
    _ databases: String, _ users: String, _ note: String
  ) throws {
    let fragment = hba(
      "{type: host, databases: \(databases), users: \(users), address: 172.22.0.0/24, method: md5}",
      derive: false)
    let finding = try #require(try findings(rule, in: fragment).first)
    #expect(finding.notes.map(\.message.description) == [note])
  }

  @Test(arguments: [
    ("hostssl", "", "this record is for connections with TLS, and there is no \"tls\" here"),
    (
      "hostnossl", "tls: {certificate: server.crt, key: server.key}\n",
      "this record is for connections without TLS"
    ),
  ])
  func namesTheEncryptionThatTurnsTheReplicaAway(
    _ type: String, _ tls: String, _ note: String
  ) throws {
    let fragment =
      tls
      + hba(
        "{type: \(type), databases: [replication], users: [all], address: samenet, method: md5}",
        "{type: \(type), databases: [replication], users: [all], address: samehost, method: md5}",
        "{type: \(type), databases: [replication], users: [all], address: 172.22.0.101/32, method: md5}",
        derive: false)
    let finding = try #require(try findings(rule, in: fragment).first)
    #expect(finding.notes.map(\.message.description) == [note, note])
  }

  @Test func whatMatchesNothingHasNoRecordToShow() throws {
    let finding = try #require(try findings(rule, in: "hba: {derive: false}").first)
    #expect(finding.notes == [])
    #expect(
      finding.hint == """
        Add to "hba.records": {type: host, databases: [replication], users: [repuser], \
        address: 172.22.0.101/32, method: scram-sha-256}.
        """)
  }

  @Test func theHintsRecordLetsTheReplicaIn() throws {
    let users = """
      users:
        admin: {attributes: [superuser], password: {env: A}}
        "all o'f them": {attributes: [replication], password: {env: B}}

      """
    let refused = users + "hba: {derive: false}"
    let hint = try #require(try findings(rule, in: refused).first?.hint).description
    let record = hint.dropFirst("Add to \"hba.records\": ".count).dropLast()
    #expect(try findings(rule, in: users + hba(String(record), derive: false)) == [])
  }

  @Test func aMemberOfTheGroupIsLetIn() throws {
    let fragment =
      """
      users:
        admin: {attributes: [superuser], password: {env: A}}
        replicators: {password: {env: B}}
        repuser: {attributes: [replication], password: {env: C}, member_of: [replicators]}

      """
      + hba(
        "{type: host, databases: [replication], users: [+replicators], address: 172.22.0.0/24, method: md5}",
        derive: false)
    #expect(try findings(rule, in: fragment) == [])
  }

  @Test func bothFamiliesAreJudgedWhereBothNodesHaveThem() throws {
    let record =
      "{type: host, databases: [replication], users: [repuser], address: 172.22.0.0/24, method: md5}"
    let fragment =
      """
      network: {subnet: 172.22.0.0/24, subnet6: "fd00:22::/64"}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, ip6: "fd00:22::100"}
        replica: {role: replica, ip: 172.22.0.101, ip6: "fd00:22::101"}
        spare: {role: replica, ip: 172.22.0.102}
        leaf: {role: replica, ip: 172.22.0.103, ip6: "fd00:22::103", upstream: spare}

      """ + hba(record, derive: false)
    #expect(
      try findings(rule, in: fragment).map { $0.range.text(in: fragment) } == ["\"fd00:22::101\""])
    let later = try findings("replica-not-admitted-after-failover", in: fragment)
    #expect(
      later.map { $0.range.text(in: fragment) } == ["\"fd00:22::100\"", "\"fd00:22::103\""])
  }

  @Test func aClientsRefusalIsTheServersSentence() throws {
    let fragment = "clients:\n  backend: {ip: 172.22.0.200, user: admin}\nhba: {derive: false}\n"
    let finding = try #require(try findings("client-not-admitted", in: fragment).first)
    #expect(
      finding.message.description.hasSuffix(
        """
        no pg_hba.conf entry for host "172.22.0.200", user "admin", database "demo", \
        no encryption
        """))
  }

  private func hba(_ records: String..., derive: Bool = true) -> String {
    "hba:\n  derive: \(derive)\n  records:\n"
      + records.map { "    - \($0)\n" }.joined()
  }
}
