import IPAddressing
import TestSupport
import Testing

@testable import PostgreSQL

/// Which records leave nothing for later ones.
struct HBACoveringTests {
  private static let memberships: [String: Set<String>] = [
    "app": ["app", "staff", "all_staff"], "staff": ["staff", "all_staff"], "bob": ["bob"],
  ]
  private let covering = HBACovering(memberships: memberships, tls: true)

  @Test(arguments: [
    ("host all all all md5", "host shop app 10.0.0.5/32 md5", true),
    ("host all all all md5", "host replication app 10.0.0.5/32 md5", false),
    ("host all,replication all all md5", "host replication app 10.0.0.5/32 md5", true),
    ("host replication all all md5", "host all app 10.0.0.5/32 md5", false),
    ("host all all 10.0.0.0/8 md5", "host all all 10.1.0.0/16 md5", true),
    ("host all all 10.1.0.0/16 md5", "host all all 10.0.0.0/8 md5", false),
    ("host all all 10.1.2.3/16 md5", "host all all 10.1.9.9/32 md5", true),
    ("host all all 10.0.0.0 255.0.0.255 md5", "host all all 10.9.0.0 255.255.0.255 md5", true),
    ("host all all 10.0.0.0 255.0.0.255 md5", "host all all 10.9.0.0/16 md5", false),
    ("host all all 0.0.0.0/0 md5", "host all all ::/0 md5", false),
    ("host all all 0.0.0.0/0 md5", "host all all all md5", false),
    ("host all all all md5", "host all all db.example.com md5", true),
    ("host all all db.example.com md5", "host all all db.example.com md5", true),
    ("host all all db.example.com md5", "host all all .example.com md5", false),
    ("host all all samenet md5", "host all all samehost md5", true),
    ("host all all samehost md5", "host all all samenet md5", false),
    ("host all all samenet md5", "host all all 10.0.0.5/32 md5", false),
    ("host all all all md5", "hostssl all all all md5", true),
    ("hostssl all all all md5", "host all all all md5", false),
    ("hostnossl all all all md5", "hostgssenc all all all md5", true),
    ("hostnogssenc all all all md5", "hostssl all all all md5", true),
    ("hostnogssenc all all all md5", "hostnossl all all all md5", false),
    ("host all all all md5", "local all all md5", false),
    ("local all all md5", "local shop app md5", true),
    ("host all +staff all md5", "host all app all md5", true),
    ("host all +all_staff all md5", "host all +staff all md5", true),
    ("host all +staff all md5", "host all +all_staff all md5", false),
    ("host all +staff all md5", "host all bob all md5", false),
    ("host all +bob all md5", "host all bob all md5", true),
    ("host all bob all md5", "host all +bob all md5", false),
    ("host all \"all\" all md5", "host all app all md5", false),
    ("host all /^a all md5", "host all app all md5", true),
    ("host all /^a all md5", "host all bob all md5", false),
    ("host all /^a all md5", "host all /^a all md5", true),
    ("host all /^a all md5", "host all /^ap all md5", false),
    (#"host all /(p)\1 all md5"#, "host all app all md5", false),
    ("host sameuser all all md5", "host app app all md5", true),
    ("host sameuser all all md5", "host app all all md5", false),
    ("host app all all md5", "host sameuser app all md5", true),
    ("host samerole all all md5", "host sameuser all all md5", true),
    ("host samerole all all md5", "host staff app all md5", true),
    ("host samerole all all md5", "host staff +app all md5", true),
    ("host samerole all all md5", "host app +staff all md5", false),
    ("host sameuser all all md5", "host samerole all all md5", false),
    ("host samegroup all all md5", "host samerole all all md5", true),
    ("host shop all all md5", "host all all all md5", false),
    ("host /^sh all all md5", "host shop all all md5", true),
    ("host \"all\" all all md5", "host shop all all md5", false),
    ("host shop all all md5", "host shop,app all all md5", false),
  ])
  func comparesByMeaning(wide: String, narrow: String, covers: Bool) throws {
    let earlier = [(position: 7, record: try record(wide))]
    #expect(covering.covering(try record(narrow), by: earlier) == (covers ? [7] : nil))
  }

  @Test func severalRecordsTogetherCoverEachPart() throws {
    let earlier = try [
      "hostssl shop all 10.0.0.0/8 md5", "hostnossl all bob 10.0.0.0/8 md5",
      "hostnossl shop all all reject", "host app +staff 10.0.0.0/16 md5",
    ].enumerated().map { (position: $0, record: try record($1)) }
    #expect(
      covering.covering(try record("host shop app,bob 10.0.0.0/24 md5"), by: earlier) == [0, 1, 2])
    #expect(
      covering.covering(try record("host shop,app app 10.0.0.0/24 md5"), by: earlier) == [0, 2, 3])
    #expect(covering.covering(try record("host shop,app bob 10.0.0.0/24 md5"), by: earlier) == nil)
  }

  @Test func withoutTLSNobodyArrivesWithIt() throws {
    let earlier = [(position: 0, record: try record("hostnossl all all all md5"))]
    let narrow = try record("host all all all md5")
    #expect(covering.covering(narrow, by: earlier) == nil)
    let plain = HBACovering(memberships: [:], tls: false)
    #expect(plain.covering(narrow, by: earlier) == [0])
    #expect(plain.covering(try record("hostssl all all all md5"), by: earlier) == nil)
  }

  @Test func eachRecordCoversItself() throws {
    var random = RandomRecords(seed: 3)
    for _ in 0..<300 {
      let record = random.record()
      #expect(covering.covering(record, by: [(0, record)]) == [0], "\(record.fields)")
    }
  }

  /// Whatever matches a record that counts as covered also matches one of the others.
  @Test(arguments: 0..<8)
  func nothingMatchesACoveredRecordAlone(seed: Int) throws {
    var random = RandomRecords(seed: UInt64(seed))
    var covered = 0
    var matched = 0
    for _ in 0..<1200 {
      let earlier = (0..<4).map { (position: $0, record: random.record()) }
      let record = random.record()
      guard let positions = covering.covering(record, by: earlier) else { continue }
      covered += 1
      for _ in 0..<300 {
        let connection = random.connection(memberships: Self.memberships)
        guard record.match(connection) == .yes else { continue }
        matched += 1
        let isTaken = positions.contains { earlier[$0].record.match(connection) == .yes }
        #expect(isTaken, "\(record.fields), \(earlier.map(\.record.fields)), \(connection)")
      }
    }
    #expect(covered > 20 && matched > 40)
  }

  @Test(arguments: [
    ("10.1.2.3/8", "10.0.0.0/8"), ("10.1.2.3 255.255.255.0", "10.1.2.0/24"),
    ("10.1.2.3 255.255.255.255", "10.1.2.3/32"), ("10.0.0.0 0.0.0.0", "0.0.0.0/0"),
    ("10.0.0.0 0.0.0.255", nil), ("fd00::1 ffff::", "fd00::/16"), ("::/0", "::/0"),
    ("all", nil), ("samenet", nil), ("db.example.com", nil),
  ])
  func aMaskIsABlockUnlessItHasAGap(text: String, block: String?) throws {
    #expect(try HBAAddress(text: text).coveredBlock?.description == block)
  }

  private func record(_ line: String) throws -> HBARecord {
    try #require(HBAReader(line).record)
  }
}

/// Records and connections over few names and addresses, so that they often match.
private struct RandomRecords {
  private var generator: SeededGenerator

  init(seed: UInt64) { generator = SeededGenerator(seed: seed) }

  private static let names = ["app", "bob", "staff", "shop", "all_staff"]
  private static let databases: [HBAToken] =
    names.map(HBAToken.name) + HBAToken.Keyword.allCases.map(HBAToken.keyword)
    + [.keyword(.all), .keyword(.all), .regex("^s"), .regex("a"), .regex(#"(a)\1"#)]
  private static let users: [HBAToken] =
    names.map(HBAToken.name) + names.map(HBAToken.group)
    + [.keyword(.all), .keyword(.all), .keyword(.all), .regex("^s"), .regex("p$")]

  mutating func record() -> HBARecord {
    let type = pick(HBAConnectionType.allCases + [.host, .host])
    return HBARecord(
      connectionType: type, databases: some(Self.databases), users: some(Self.users),
      address: type == .local ? nil : address(), method: .md5)
  }

  mutating func connection(memberships: [String: Set<String>]) -> HBAConnection {
    let user = pick(Self.names)
    let encryption = pick([HBAConnection.Encryption.none, .tls, .gss])
    let type: HBAConnection.Kind =
      pick([false, true, true]) ? .tcp(address: host(), encryption) : .local
    return HBAConnection(
      type: type, target: pick([true, false]) ? .database(pick(Self.names)) : .physicalReplication,
      user: user, memberships: memberships[user] ?? [])
  }

  private mutating func address() -> HBAAddress {
    let host = host()
    let width = host.family.bitWidth
    switch Int.random(in: 0..<10, using: &generator) {
    case 0: return .all
    case 1: return .samenet
    case 2: return .samehost
    case 3: return .hostName("db.example.com")
    case 4:
      let mask = UInt128.random(in: 0...UInt128.max, using: &generator) >> UInt128(128 - width)
      return .masked(host, mask: IPAddress(family: host.family, bits: mask))
    default:
      let block = CIDRBlock(
        host, prefixLength: Int.random(in: width - 6...width, using: &generator))
      return block.map(HBAAddress.block) ?? .all
    }
  }

  private mutating func host() -> IPAddress {
    let bits = UInt128.random(in: 0..<8, using: &generator)
    return pick([true, true, false])
      ? IPAddress(family: .v4, bits: 0x0A00_0000 | bits)
      : IPAddress(family: .v6, bits: 0xFD00 << 112 | bits)
  }

  private mutating func some(_ tokens: [HBAToken]) -> [HBAToken] {
    (0..<Int.random(in: 1...2, using: &generator)).map { _ in pick(tokens) }
  }

  private mutating func pick<Element>(_ elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &generator)]
  }
}
