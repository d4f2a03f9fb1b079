import IPAddressing
import TestSupport
import Testing

@testable import PostgreSQL

/// The index, compared with the plain walk, on records that overlap.
struct HBARecordsTests {
  @Test(arguments: [(1, 3), (2, 12), (3, 60), (4, 400)])
  func decidesAsThePlainWalkDoes(seed: UInt64, size: Int) {
    var random = SeededGenerator(seed: seed)
    var kinds: Set<String> = []
    for _ in 0..<max(10, 1200 / size) {
      let list = (0..<size).map { _ in HBARecord.random(&random) }
      let records = HBARecords(list)
      for _ in 0..<40 {
        let connection = HBAConnection.random(&random)
        let server = Bool.random(using: &random) ? ServerAddresses.random(&random) : nil
        let expected = HBARecords.decide(list, connection, at: server)
        #expect(records.decide(connection, at: server) == expected)
        switch expected {
        case .record(let number, _):
          kinds.insert("record")
          #expect(records.first(for: connection, at: server)?.number == number)
          #expect(records.mismatches(before: number, connection, at: server).count == number)
        case .unknown: kinds.insert("unknown")
        case .none: kinds.insert("none")
        }
      }
    }
    #expect(kinds.contains("record") && kinds.contains("unknown"))
    #expect(size > 60 || kinds.contains("none"))
  }

  @Test func findsEachOfManyRecordsThatShareABlock() throws {
    let block = HBAAddress.block(try CIDRBlock("172.22.0.0/16"))
    let list = (0..<300).flatMap { number in
      [
        HBARecord(
          connectionType: .host, databases: [.name("db\(number)")], users: [.keyword(.all)],
          address: block, method: .md5),
        HBARecord(
          connectionType: .host, databases: [.keyword(.all)], users: [.group("team\(number)")],
          address: block, method: .scramSHA256),
      ]
    }
    let records = HBARecords(list)
    for number in 0..<300 {
      let toDatabase = HBAConnection(
        type: .tcp(address: try IPAddress("172.22.7.7"), .none), target: .database("db\(number)"),
        user: "app")
      #expect(records.decide(toDatabase) == .record(2 * number, .md5))
      let ofTeam = HBAConnection(
        type: .tcp(address: try IPAddress("172.22.7.7"), .none), target: .database("other"),
        user: "app", memberships: ["team\(number)"])
      #expect(records.decide(ofTeam) == .record(2 * number + 1, .scramSHA256))
    }
  }

  /// `check_same_host_or_net` in hba.c and `run_ifaddr_callback` in ifaddr.c.
  @Test(arguments: [
    ("samehost", "172.22.0.100", HBAMatch.yes), ("samehost", "172.22.0.101", .no(.address)),
    ("samehost", "127.0.0.1", .yes), ("samehost", "127.0.0.2", .no(.address)),
    ("samehost", "::1", .yes), ("samehost", "::ffff:127.0.0.1", .no(.address)),
    ("samenet", "172.22.0.101", .yes), ("samenet", "172.22.1.101", .no(.address)),
    ("samenet", "127.9.9.9", .yes), ("samenet", "::1", .yes), ("samenet", "::2", .no(.address)),
    ("samenet", "fd00:22::9", .yes), ("samenet", "10.0.0.1", .yes),
    ("samenet", "10.0.0.2", .no(.address)), ("samehost", "10.0.0.1", .yes),
    ("samehost", "fe80::1", .unknown(.samehost)), ("samenet", "fe80::1", .unknown(.samenet)),
  ])
  func knowsTheServersOwnAddresses(keyword: String, client: String, match: HBAMatch) throws {
    let record = HBARecord(
      connectionType: .host, databases: [.keyword(.all)], users: [.keyword(.all)],
      address: try HBAAddress(text: keyword), method: .trust)
    let server = ServerAddresses(
      try ["172.22.0.100/24", "fd00:22::100/64", "10.0.0.1/0"].map { try CIDRBlock($0) })
    let connection = HBAConnection(
      type: .tcp(address: try IPAddress(client), .none), target: .database("app"), user: "app")
    #expect(record.match(connection, at: server) == match)
  }

  @Test(arguments: [
    (HBAConnection.Encryption.none, "no encryption"), (.tls, "SSL encryption"),
    (.gss, "GSS encryption"),
  ])
  func refusesInTheServersWords(encryption: HBAConnection.Encryption, end: String) throws {
    let type = HBAConnection.Kind.tcp(address: try IPAddress("10.0.0.5"), encryption)
    let toDatabase = HBAConnection(type: type, target: .database("shop"), user: "app")
    #expect(
      toDatabase.sentence(isRejected: false)
        == #"no pg_hba.conf entry for host "10.0.0.5", user "app", database "shop", "# + end)
    #expect(
      toDatabase.sentence(isRejected: true)
        == #"pg_hba.conf rejects connection for host "10.0.0.5", user "app", database "shop", "#
        + end)
    #expect(toDatabase.admittingRecord.match(toDatabase) == .yes)
    let replica = HBAConnection(type: type, target: .physicalReplication, user: "app")
    #expect(
      replica.sentence(isRejected: false)
        == #"no pg_hba.conf entry for replication connection from host "10.0.0.5", user "app", "#
        + end)
    #expect(
      replica.sentence(isRejected: true)
        == #"pg_hba.conf rejects replication connection for host "10.0.0.5", user "app", "# + end)
    #expect(replica.admittingRecord.match(replica) == .yes)
    let local = HBAConnection(type: .local, target: .database("shop"), user: "app")
    #expect(local.sentence(isRejected: false).contains(#"host "[local]""#))
    #expect(local.admittingRecord.match(local) == .yes)
  }
}

// Few names, blocks and masks, so that many match.

private let names = ["app", "bob", "shop", "é", "e\u{301}", "+shop", "replication", "all"]

extension HBAToken {
  fileprivate static func random(_ random: inout SeededGenerator) -> HBAToken {
    let name = names.randomElement(using: &random) ?? "app"
    return switch Int.random(in: 0..<10, using: &random) {
    case 0: .keyword(Keyword.allCases.randomElement(using: &random) ?? .all)
    case 1: .keyword(.replication)
    case 2: .group(name)
    case 3: .regex(["^a", "o", #"(p)\1"#, "^x$"].randomElement(using: &random) ?? "o")
    default: .name(name)
    }
  }
}

extension HBAAddress {
  fileprivate static func random(_ random: inout SeededGenerator) -> HBAAddress {
    let client = IPAddress.random(&random)
    let lengths = client.family == .v4 ? [0, 8, 24, 31, 32] : [0, 64, 127, 128]
    switch Int.random(in: 0..<12, using: &random) {
    case 0: return .all
    case 1: return .samehost
    case 2: return .samenet
    case 3: return .hostName("db.example.com")
    case 4, 5:
      return .masked(client, mask: IPAddress(family: client.family, bits: 0xFF00_00FF))
    default:
      let length = lengths.randomElement(using: &random) ?? 32
      return CIDRBlock(client, prefixLength: length).map(HBAAddress.block) ?? .all
    }
  }
}

extension HBARecord {
  fileprivate static func random(_ random: inout SeededGenerator) -> HBARecord {
    let type = HBAConnectionType.allCases.randomElement(using: &random) ?? .host
    let databaseCount = Int.random(in: 1...5, using: &random)
    let userCount = Int.random(in: 1...5, using: &random)
    return HBARecord(
      connectionType: type, databases: (0..<databaseCount).map { _ in HBAToken.random(&random) },
      users: (0..<userCount).map { _ in HBAToken.random(&random) },
      address: type == .local ? nil : .random(&random),
      method: HBAMethod.allCases.randomElement(using: &random) ?? .trust)
  }
}

extension HBAConnection {
  fileprivate static func random(_ random: inout SeededGenerator) -> HBAConnection {
    let encryption = [Encryption.none, .tls, .gss].randomElement(using: &random) ?? .none
    let isLocal = Int.random(in: 0..<6, using: &random) == 0
    let isReplication = Int.random(in: 0..<4, using: &random) == 0
    let database = names.randomElement(using: &random) ?? "app"
    return HBAConnection(
      type: isLocal ? .local : .tcp(address: .random(&random), encryption),
      target: isReplication ? .physicalReplication : .database(database),
      user: (names + ["other"]).randomElement(using: &random) ?? "app",
      memberships: Set(names.filter { _ in Int.random(in: 0..<4, using: &random) == 0 }))
  }
}

extension IPAddress {
  fileprivate static func random(_ random: inout SeededGenerator) -> IPAddress {
    let low = UInt128(UInt8.random(in: 0...3, using: &random))
    return Bool.random(using: &random)
      ? IPAddress(
        family: .v4, bits: (Bool.random(using: &random) ? 0x0A00_0000 : 0x7F00_0000) | low)
      : IPAddress(family: .v6, bits: low)
  }
}

extension ServerAddresses {
  fileprivate static func random(_ random: inout SeededGenerator) -> ServerAddresses {
    ServerAddresses([CIDRBlock(IPAddress.random(&random), prefixLength: 31)].compactMap { $0 })
  }
}
