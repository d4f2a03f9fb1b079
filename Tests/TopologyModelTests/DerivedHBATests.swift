import Diagnostics
import PostgreSQL
import SchemaCoding
import Testing
import TopologyModel

@Suite struct DerivedHBATests {
  /// Every record as a line, with its reason if it was derived.
  private func lines(_ text: String) throws -> [String] {
    try Sample.topology(text).hba.map { resolved in
      let line = resolved.record.fields.filter { !$0.isEmpty }.joined(separator: " ")
      if case .derived(let reason) = resolved.origin { return "\(line)  # \(reason)" }
      return line
    }
  }

  private let client = "clients:\n  backend: {ip: 172.22.0.200, user: admin}\n"
  private func hba(_ records: String..., derive: Bool = true) -> String {
    "hba:\n  derive: \(derive)\n  records:\n" + records.map { "    - {\($0)}\n" }.joined()
  }

  @Test func letsEveryNodeReplicateFromEveryOther() throws {
    #expect(
      try lines(Sample.minimal) == [
        "local all all trust  # inside the container",
        "host all all 127.0.0.1/32 scram-sha-256  # the health check, inside the container",
        "host replication repuser 172.22.0.100/32 scram-sha-256  # node \"primary\", when it follows another node",
        "host postgres repuser 172.22.0.100/32 scram-sha-256  # node \"primary\", to rejoin and to ask about its slot",
        "host replication repuser 172.22.0.101/32 scram-sha-256  # node \"replica\", when it follows another node",
        "host postgres repuser 172.22.0.101/32 scram-sha-256  # node \"replica\", to rejoin and to ask about its slot",
      ])
  }

  @Test func letsClientsIn() throws {
    #expect(
      try lines(Sample.minimal + client).last
        == "host shop admin 172.22.0.200/32 scram-sha-256  # client \"backend\"")
  }

  @Test func derivesOneRecordForEachAddress() throws {
    let text = Sample.minimal.replacing(
      "172.22.0.0/24", with: "172.22.0.0/24, subnet6: fd00:22::/64"
    )
    .replacing("172.22.0.101", with: "172.22.0.101, ip6: fd00:22::101")
    #expect(try lines(text).contains { $0.hasPrefix("host replication repuser fd00:22::101/128 ") })
    #expect(try lines(text).contains { $0.hasPrefix("host postgres repuser fd00:22::101/128 ") })
    #expect(try lines(text).count == 8)
  }

  @Test func needsNoReplicationRecordForOneNode() throws {
    let alone = Sample.minimal.replacing("  replica: {role: replica, ip: 172.22.0.101}\n", with: "")
    #expect(try !lines(alone).contains { $0.contains("repuser") })
  }

  @Test func addsNothingForAConnectionThatIsAdmittedAlready() throws {
    let own = hba(
      "type: host, databases: [replication], users: [all], address: 172.22.0.0/24, method: md5",
      "type: host, databases: [all], users: [+admin], address: 0.0.0.0/0, method: md5",
      "type: host, databases: [postgres], users: [repuser], address: samenet, method: md5",
      "type: local, databases: [all], users: [all], method: peer")
    #expect(try lines(Sample.minimal + own + client).count == 4)
  }

  @Test func addsNothingForAConnectionThatIsRejected() throws {
    let own = hba(
      "type: host, databases: [replication], users: [all], address: 172.22.0.101/32, method: reject"
    )
    let derived = try lines(Sample.minimal + own)
    #expect(!derived.contains { $0.contains("replication repuser 172.22.0.101/32") })
    #expect(derived.contains { $0.contains("postgres repuser 172.22.0.101/32") })
    #expect(derived.contains { $0.contains("replication repuser 172.22.0.100/32") })
  }

  @Test func doesNotTakeAllForReplication() throws {
    let own = hba("type: host, databases: [all], users: [all], address: all, method: md5")
    #expect(try lines(Sample.minimal + own + client).count == 4)
  }

  @Test func staysTheSameWhenTheRolesMove() throws {
    let swapped = Sample.minimal.replacing("role: primary", with: "role: x")
      .replacing("role: replica", with: "role: primary").replacing("role: x", with: "role: replica")
    #expect(try lines(swapped) == lines(Sample.minimal))
  }

  @Test func putsTheAuthorsRecordsFirstAndInTheirOrder() throws {
    let own = hba(
      "type: host, databases: [b], users: [all], address: 10.0.0.0/8, method: md5",
      "type: host, databases: [a], users: [all], address: 10.0.0.0/8, method: md5")
    #expect(
      try lines(Sample.minimal + own).prefix(2).map { $0.split(separator: " ")[1] } == ["b", "a"])
  }

  @Test func derivesNothingWhenAskedNotTo() throws {
    let own = hba("type: local, databases: [all], users: [all], method: peer", derive: false)
    #expect(try lines(Sample.minimal + own + client) == ["local all all peer"])
    #expect(try lines(Sample.minimal + "hba: {derive: false}\n") == [])
  }

  @Test func asksForTLSWhereThereIsTLS() throws {
    let text = Sample.minimal + "tls: {certificate: a.crt, key: a.key}\n"
    #expect(
      try lines(text).dropFirst(2).allSatisfy {
        $0.hasPrefix("hostssl replication repuser ") || $0.hasPrefix("hostssl postgres repuser ")
      })
    // A record for connections without TLS then admits nobody.
    let own = hba(
      "type: hostnossl, databases: [replication], users: [all], address: all, method: md5")
    #expect(try lines(text + own).count == 7)
  }
}
