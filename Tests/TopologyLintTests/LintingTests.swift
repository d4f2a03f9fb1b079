import Diagnostics
import SourceText
import Testing
import TopologyLint
import TopologyModel

struct LintingTests {
  private let md5 = """
    hba:
      records:
        - {type: host, databases: [demo], users: [app], address: 172.16.0.0/12, method: md5}

    """
  private let allowance = "lint: {allow: {md5-authentication: an old client}}\n"

  @Test func namesEveryTrapOfTheTutorial() throws {
    let findings = Linting.findings(in: try resolve(LintExample.complete(tutorial)))
    #expect(
      findings.map { "\($0.id): \($0.range.text(in: tutorial))" } == [
        "literal-password: {literal: postgresql_password}",
        "weak-password: {literal: postgresql_password}",
        "literal-password: {literal: repuser_password}",
        "weak-password: {literal: repuser_password}",
        "superuser-over-network: postgresql_user",
        "archive-command-discards-wal: /bin/date",
        "setting-without-unit: 16",
        "no-spare-synchronous-replica: '*'",
        "wildcard-synchronous-replica: '*'",
        "md5-authentication: md5",
        "hba-address-unknown: 172.22.0.102/32",
        "md5-authentication: md5",
        "slot-without-wal-limit: primary",
      ])
  }

  @Test func whatManyNodesShareIsReportedOnce() throws {
    let fragment =
      "settings: {archive_mode: on, archive_command: /bin/date, port: 5433, max_slot_wal_keep_size: -1}"
    #expect(
      Linting.findings(in: try resolve(LintExample.complete(fragment))).map(\.id) == [
        "archive-command-discards-wal", "managed-setting", "slot-without-wal-limit",
      ])
  }

  @Test func filesComeOneAfterTheOther() throws {
    let texts = [md5 + "name: first\n" + apart, md5 + "name: second\n"]
    let findings = Linting.findings(in: try resolveAll(texts))
    #expect(findings.map(\.range.file.index) == [0, 1])
  }

  @Test func anAllowanceCountsInItsOwnFile() throws {
    let texts = [md5 + allowance + apart, md5 + "name: second\n"]
    let findings = Linting.findings(in: try resolveAll(texts))
    #expect(findings.map(\.id) == ["md5-authentication"])
    #expect(findings.map(\.range.file.index) == [1])
  }

  @Test func anErrorCanBeAllowedToo() throws {
    let text = md5.replacing("md5", with: "trust")
    let allow = "lint: {allow: {trust-over-network: nothing else is in this network}}\n"
    #expect(try resolvedFindings(text).map(\.severity) == [.error])
    #expect(try resolvedFindings(text + allow) == [])
  }

  @Test func anAllowanceThatIsUnusedCanBeAllowed() throws {
    let allow = "lint: {allow: {md5-authentication: soon, unused-allowance: soon}}\n"
    #expect(try resolvedFindings(allow) == [])
  }

  @Test func aFindingAcrossFilesExplainsItselfInTheOther() throws {
    let findings = Linting.findings(in: try resolveAll(["name: first\n", "name: second\n"]))
    let finding = try #require(findings.first)
    #expect(findings.map(\.id) == ["subnet-shared-between-topologies"])
    #expect(finding.range.file.index == 1)
    #expect(finding.notes.map(\.range.file.index) == [0])
  }

  @Test func anAllowanceForAFindingAcrossFilesIsNeverCalledUnused() throws {
    let allow = "lint: {allow: {subnet-shared-between-topologies: never up at once}}\n"
    #expect(
      Linting.findings(in: try resolveAll(["name: first\n", "name: second\n" + allow])) == [])
    #expect(try resolvedFindings(allow) == [])
  }

  @Test func aMessageIsOneLineWhateverItQuotes() throws {
    let fragment = """
      settings: {synchronous_standby_names: "\\"a\\nb\\"", max_slot_wal_keep_size: 4GB}
      lint: {allow: {"no\\nrule": there is none}}
      """
    let found = try resolvedFindings(fragment)
    #expect(found.map(\.id) == ["synchronous-replica-unknown", "unknown-rule"])
    #expect(!found.contains { $0.message.description.contains("\n") })
  }

  private func resolvedFindings(_ fragment: String) throws -> [Diagnostic] {
    Linting.findings(in: try resolve(LintExample.complete(fragment)))
  }

  private func resolveAll(_ fragments: [String]) throws -> [ResolvedTopology] {
    try fragments.enumerated().map { try resolve(LintExample.complete($1), file: $0) }
  }

  /// A network of its own.
  private let apart = """
    network: {subnet: 172.23.0.0/24}
    nodes:
      primary: {role: primary, ip: 172.23.0.100}

    """

  private let tutorial = """
    postgres: {version: 15, database: postgresql_db}
    network: {name: my_network, driver: bridge, subnet: 172.22.0.0/24, gateway: 172.22.0.1}
    users:
      postgresql_user: {attributes: [superuser], password: {literal: postgresql_password}}
      repuser: {attributes: [replication], password: {literal: repuser_password}}
    clients:
      backend: {ip: 172.22.0.200, user: postgresql_user, database: postgresql_db}
    settings:
      archive_mode: on
      archive_command: /bin/date
      max_wal_senders: 10
      wal_keep_size: 16
      synchronous_standby_names: '*'
    hba:
      records:
        - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: md5}
        - {type: host, databases: [replication], users: [repuser], address: 172.22.0.102/32, method: md5}

    """
}
