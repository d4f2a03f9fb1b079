import Diagnostics
import IPAddressing
import PostgreSQL
import Testing
import TopologyModel

@testable import Admission

/// What is not said of a connection follows from the topology, and what is assumed is told.
@Suite struct ConnectionDescriptionTests {
  private func questions(
    _ description: ConnectionDescription, with more: String = ""
  ) throws -> [ConnectionQuestion] {
    try description.questions(about: RecordWalk(topologyWith: more))
  }

  @Test func aClientStandsForItsAddressesUserAndDatabase() throws {
    let found = try questions(ConnectionDescription(from: "backend"))
    #expect(found.map(\.node?.name) == ["primary", "primary"])
    #expect(found.map(\.connection.user) == ["app", "app"])
    #expect(found.allSatisfy { $0.connection.target == .database("demo") })
    #expect(found.allSatisfy { $0.connection.memberships.contains("team") })
    #expect(
      try found.map(\.connection.type) == [
        .tcp(address: IPAddress("172.22.0.200"), .none),
        .tcp(address: IPAddress("fd00:22::200"), .none),
      ])
    #expect(found.allSatisfy { $0.notes.isEmpty })
  }

  /// Only at the addresses that both have.
  @Test func aNodeAsksTheOneThatItFollowsForReplication() throws {
    let found = try questions(ConnectionDescription(from: "leaf"))
    #expect(found.map(\.node?.name) == ["replica"])
    #expect(found.map(\.connection.target) == [.physicalReplication])
    #expect(found.map(\.connection.user) == ["repuser"])
    let other = try questions(ConnectionDescription(node: "leaf", from: "primary"))
    #expect(
      try other.map(\.connection.type) == [.tcp(address: IPAddress("172.22.0.100"), .none)])
  }

  @Test func tellsWhatItAssumesAndWhatIsNotDeclared() throws {
    let asked = ConnectionDescription(
      user: "ap", target: .database("template0"), from: "172.22.0.9")
    let names = ["admin", "repuser", "team", "app"]
    #expect(
      try questions(asked).map(\.notes) == [
        [.undeclaredUser("ap", among: names), .databaseWithoutConnections("template0")]
      ])
    let tls = "tls: {certificate: a.crt, key: a.key}\n"
    #expect(try questions(ConnectionDescription(from: "leaf"), with: tls)[0].notes == [.assumesTLS])
    let encrypted = ConnectionDescription(from: "leaf", encryption: .tls)
    #expect(try questions(encrypted)[0].notes == [.noTLS])
    let plain = RecordWalk("hostssl all all all md5\n")
    let app = ConnectionDescription(user: "app", target: .database("a"), from: "172.22.0.9")
    #expect(try app.questions(about: plain)[0].notes == [.assumesNoTLS])
  }

  @Test(arguments: [
    (ConnectionDescription(from: "172.22.0.9"), QuestionError.noUser),
    (ConnectionDescription(user: "app"), .noTarget),
    (
      ConnectionDescription(node: "primry", from: "backend"),
      .unknownNode("primry", among: ["primary", "replica", "leaf"])
    ),
    (
      ConnectionDescription(from: "backnd"),
      .unknownSource("backnd", among: ["primary", "replica", "leaf", "backend"])
    ),
  ])
  func whatCannotBeAskedIsAFact(_ asked: ConnectionDescription, _ error: QuestionError) throws {
    #expect(throws: error) { _ = try questions(asked) }
  }

  @Test func aServerSeesNoMappedAddress() throws {
    let address = try IPAddress("::ffff:172.22.0.9")
    let seen = try IPAddress("172.22.0.9")
    #expect(throws: QuestionError.mappedAddress(address, seen: seen)) {
      _ = try questions(ConnectionDescription(from: "::ffff:172.22.0.9"))
    }
    #expect(throws: QuestionError.unknownSource("backend", among: nil)) {
      _ = try ConnectionDescription(from: "backend").questions(about: RecordWalk(""))
    }
  }
}
