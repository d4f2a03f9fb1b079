import IPAddressing
import PostgreSQL
import Testing

@testable import Admission

/// What the records of one pg_hba.conf do with a connection.
@Suite struct RecordWalkTests {
  private static let file = """
    local all all peer
    host shop bob 10.1.0.0/16 reject
    hostssl shop all 10.0.0.0/8 md5
    host all all samenet md5
    host all all db.example.com md5
    """

  private func connection(
    from address: String, tls: Bool = false, to database: String = "shop", user: String = "app"
  ) throws -> HBAConnection {
    HBAConnection(
      type: .tcp(address: try IPAddress(address), tls: tls), target: .database(database),
      user: user)
  }

  @Test func theFirstRecordThatIsAboutItDecides() throws {
    let walk = RecordWalk(Self.file)
    let server = ServerAddresses([try CIDRBlock("192.0.2.9/24")])
    let bob = try connection(from: "10.1.2.3", user: "bob")
    #expect(walk.verdict(of: bob, at: server) == .rejected(1))
    let app = try connection(from: "10.1.2.3", tls: true)
    #expect(walk.verdict(of: app, at: server) == .admitted(2))
    #expect(walk.verdict(of: try connection(from: "192.0.2.1"), at: server) == .admitted(3))
    let elsewhere = try connection(from: "10.1.2.3")
    #expect(
      walk.verdict(of: elsewhere, at: server) == .unknown(4, .hostName("db.example.com")))
    let short = RecordWalk("local all all peer\n")
    #expect(short.verdict(of: elsewhere, at: server) == .unmatched)
  }

  @Test func whatOnlyTheServerKnowsIsUnknown() throws {
    let verdict = RecordWalk(Self.file).verdict(of: try connection(from: "192.0.2.1"), at: nil)
    #expect(verdict == .unknown(3, .samenet))
    #expect(verdict.isRejected == nil && verdict.recordNumber == 3)
  }

  @Test func saysWhyTheEarlierRecordsAreNotAboutIt() throws {
    let walk = RecordWalk(Self.file)
    let app = try connection(from: "10.1.2.3", tls: true)
    let verdict = walk.verdict(of: app, at: nil)
    #expect(walk.mismatches(before: verdict, app, at: nil) == [.connectionType, .user])
    let other = try connection(from: "10.2.0.1", to: "other")
    let short = RecordWalk("local all all peer\nhost shop all 10.0.0.0/8 md5\n")
    #expect(short.mismatches(before: .unmatched, other, at: nil) == [.connectionType, .database])
  }

  @Test func aNamedServerIsThatOfThePlainFile() throws {
    let server = ServerAddresses([try CIDRBlock("192.0.2.9/24")])
    #expect(RecordWalk([], at: server).serverAddresses(of: nil) == server)
    #expect(RecordWalk([]).serverAddresses(of: nil) == nil)
  }
}
