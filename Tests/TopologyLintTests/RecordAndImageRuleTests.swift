import Diagnostics
import SourceText
import Testing
import TopologyLint

struct RecordAndImageRuleTests {
  @Test(arguments: ["127.0.0.1/8", "127.0.0.1 255.0.0.0", "samehost", "localhost", "\"::1/128\""])
  func trustInsideTheContainerIsNoFinding(_ address: String) throws {
    #expect(try findings("trust-over-network", in: trust(from: address)) == [])
  }

  @Test(arguments: ["127.0.0.1/7", "127.0.0.1 254.0.0.0", "all", "db.example.com", "\"::1/127\""])
  func trustFromAnywhereElseIs(_ address: String) throws {
    #expect(try findings("trust-over-network", in: trust(from: address)).count == 1)
  }

  @Test func scriptsMayCreateUsersOfTheirOwn() throws {
    let fragment = """
      hba:
        records:
          - {type: host, databases: [all], users: [reporting], address: 172.22.0.0/24, method: md5}

      """
    #expect(try findings("hba-user-unknown", in: fragment).count == 1)
    let scripts = "postgres: {version: 17, init: ./init}\n"
    #expect(try findings("hba-user-unknown", in: fragment + scripts) == [])
  }

  @Test func othersMayLiveInAnExternalNetwork() throws {
    let fragment = """
      hba:
        records:
          - {type: host, databases: [all], users: [all], address: 172.22.0.7/32, method: md5}

      """
    #expect(try findings("hba-address-unknown", in: fragment).count == 1)
    let network = "network: {subnet: 172.22.0.0/24, external: true}\n"
    #expect(try findings("hba-address-unknown", in: fragment + network) == [])
  }

  @Test func theSameRecordIsJudgedByTheServersMajor() throws {
    let fragment = """
      hba:
        records:
          - {type: host, databases: [/^app], users: [all], address: 172.22.0.0/24, method: md5}

      """
    #expect(try findings("hba-feature-too-new", in: fragment) == [])
    let older = "postgres: {version: 15}\n"
    #expect(try findings("hba-feature-too-new", in: fragment + older).count == 1)
  }

  @Test(arguments: [
    ("postgres:16", ["major-version-mismatch"]),
    ("postgis/postgis:16-3.4", ["major-version-mismatch"]),
    ("postgres", ["floating-image-tag"]),
    ("bitnami/postgresql", ["floating-image-tag", "image-without-bootstrap"]),
    ("timescale/timescaledb:2.17.2-pg17", []),
    ("postgres:17.11-alpine", []),
    (
      "postgres@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef", []
    ),
  ])
  func judgesAnImageByWhatItsNameSays(_ image: String, _ expected: [Diagnostic.ID]) throws {
    let fragment = "postgres: {version: 17, image: \"\(image)\"}\n"
    let topology = try resolve(LintExample.complete(fragment))
    #expect(Linting.findings(in: topology).map(\.id) == expected)
  }

  @Test func anImageIsReportedOnceForAllNodesAndOnceWhereANodeHasItsOwn() throws {
    let fragment = """
      postgres: {version: 17, image: postgres}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: 172.22.0.101, image: postgres:latest}
        spare: {role: replica, ip: 172.22.0.102}
      """
    let found = try findings("floating-image-tag", in: fragment)
    #expect(found.map { $0.range.text(in: fragment) } == ["postgres", "postgres:latest"])
  }

  @Test(arguments: [("ON", 1), ("always", 1), ("off", 0), ("'%%p'", 0)])
  func onlyAnArchiveThatIsOnDiscards(_ mode: String, _ count: Int) throws {
    let fragment = "settings: {archive_mode: \(mode), archive_command: cp %%p /mnt}\n"
    #expect(try findings("archive-command-discards-wal", in: fragment).count == count)
  }

  private func trust(from address: String) -> String {
    """
    hba:
      records:
        - {type: host, databases: [all], users: [all], address: \(address), method: trust}
    """
  }
}
