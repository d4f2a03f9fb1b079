import Diagnostics
import SourceText
import Testing
import TopologyLint

struct NetworkRuleTests {
  @Test(arguments: [
    "10.1.0.0/16", "100.64.0.0/24", "127.5.0.0/24", "169.254.7.0/24", "172.31.0.0/16",
    "192.0.0.0/29", "192.0.2.0/24", "192.168.0.0/16", "198.19.0.0/16", "198.51.100.0/25",
    "203.0.113.0/24", "240.0.0.0/8", "0.0.0.0/24",
  ])
  func noSpecialPurposeBlockIsPublic(_ block: String) throws {
    let fragment = "network: {subnet: \(block)}\n"
    #expect(try findings("public-subnet", in: fragment) == [])
  }

  @Test(arguments: [
    "fd00::/64", "fe80::/64", "2001:db8:1::/64", "3fff::/64", "100::/64", "64:ff9b:1::/64",
    "2001:2::/64", "5f00::/64", "::1/128",
  ])
  func noSpecialPurposeBlockOfIPv6IsPublic(_ block: String) throws {
    let fragment = "network: {subnet: 172.22.0.0/24, subnet6: \"\(block)\"}\n"
    #expect(try findings("public-subnet", in: fragment) == [])
  }

  @Test(arguments: ["172.32.0.0/16", "100.128.0.0/24", "8.0.0.0/24", "192.0.3.0/24"])
  func theirNeighboursArePublic(_ block: String) throws {
    #expect(try findings("public-subnet", in: "network: {subnet: \(block)}\n").count == 1)
  }

  @Test(arguments: [
    "subnet: 172.22.0.0/24, driver: macvlan", "subnet: 172.22.0.0/24, external: true",
    "subnet: 172.22.0.0/24, ip_range: 172.22.0.128/25",
    "subnet: 172.22.0.0/24, gateway: 172.22.0.254",
  ])
  func theFirstAddressIsFreeWhereDockerDoesNotTakeItForTheGateway(_ network: String) throws {
    let fragment = "network: {\(network)}\nnodes:\n  primary: {role: primary, ip: 172.22.0.1}\n"
    #expect(try findings("address-taken", in: fragment) == [])
  }

  @Test func aBlockOfTwoAddressesHasNoneOfItsOwn() throws {
    let fragment = """
      network: {subnet: 172.22.0.100/31, gateway: 172.22.0.101}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
      """
    #expect(try findings("address-taken", in: fragment) == [])
    #expect(try findings("subnet-too-small", in: fragment) == [])
    let two = fragment + "\n  replica: {role: replica, ip: 172.22.0.102}"
    #expect(try findings("subnet-too-small", in: two).count == 1)
  }

  @Test func theAddressInTheHintIsFree() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.2}
        replica: {role: replica, ip: 172.22.0.2}
        spare: {role: replica, ip: 172.22.0.3}
        other: {role: replica, ip: 172.23.0.3}
      """
    let hints = try ["address-taken", "address-outside-subnet"].flatMap {
      try findings(Diagnostic.ID(stringLiteral: $0), in: fragment).map(\.hint)
    }
    #expect(
      hints == [
        "Write another address, such as \"172.22.0.4\".",
        "Write an address of the subnet, such as \"172.22.0.4\".",
      ])
  }

  @Test func oneAddressOfTheHostAndAllOfTheOtherFamilyDoNotMeet() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: "[::]:5433"}
      """
    #expect(try findings("published-port-taken", in: fragment) == [])
  }

  @Test func whoeverPublishesOnAllAddressesTakesThePortFromTheRest() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "0.0.0.0:65535"}
        replica: {role: replica, ip: 172.22.0.101, publish: "127.0.0.1:65535"}
      """
    let found = try findings("published-port-taken", in: fragment)
    #expect(found.map { $0.range.text(in: fragment) } == ["\"127.0.0.1:65535\""])
    // 65535 is the last port.
    #expect(found.map(\.hint) == ["Write another port."])
  }

  @Test func thePortToWriteInsteadIsOneThatNoLaterNodeHas() throws {
    let fragment = """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: "127.0.0.1:5433"}
        other: {role: replica, ip: 172.22.0.102, publish: "127.0.0.1:5434"}
      """
    let found = try findings("published-port-taken", in: fragment)
    #expect(found.map(\.hint) == ["Write another port, such as \"127.0.0.1:5435\"."])
  }

  @Test func eachOfSeveralNestedSubnetsIsReportedInTheLaterFile() throws {
    let rule = try #require(
      LintRule.all.first { $0.id == "subnet-shared-between-topologies" })
    let blocks = ["10.1.1.0/24", "10.1.0.0/16", "10.2.0.0/16", "10.1.2.0/24"]
    let topologies = try blocks.enumerated().map {
      try resolve(LintExample.complete("network: {subnet: \($1)}\n"), file: $0)
    }
    let found = rule.findings(in: topologies)
    #expect(found.map(\.range.file.index).sorted() == [1, 3])
  }
}
