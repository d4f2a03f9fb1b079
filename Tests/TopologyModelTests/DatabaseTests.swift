import Diagnostics
import Testing
import TopologyModel

/// One list says which databases exist, and everything uses it.
@Suite struct DatabaseTests {
  private static func text(_ user: String, _ client: String, first: String? = nil) -> String {
    Sample.minimal
      .replacing(
        "{version: 17}", with: first.map { "{version: 17, database: \($0)}" } ?? "{version: 17}"
      )
      .replacing("nodes:", with: "  app: {password: {env: A}, databases: [\(user)]}\nnodes:")
      + "clients: {backend: {ip: 172.22.0.200, user: app, database: \(client)}}\n"
  }

  @Test(arguments: ["shop", "postgres", "template1", "orders"])
  func aClientConnectsToAnyDatabaseThatAcceptsConnections(_ name: String) throws {
    let topology = try Sample.topology(Self.text("orders", name))
    #expect(topology.clients.map(\.database) == [name])
    #expect(topology.databases.filter { $0.name == name }.map(\.acceptsConnections) == [true])
  }

  @Test(arguments: [
    text("orders", "template0"), text("shop, template0", "shop"),
    text("orders", "orders", first: "template0"),
  ])
  func nothingIsToBeDoneWithADatabaseThatLetsNobodyIn(_ text: String) {
    let found = Sample.diagnostics(text)
    #expect(found.map(\.id) == ["closed-database"])
    #expect(found.map { "\($0.message)" } == ["database \"template0\" accepts no connections"])
  }

  /// Without "postgres.database", the topology's name is the name of the first database.
  @Test func aTopologyWithoutADatabaseIsNotCalledLikeAClosedOne() {
    let found = Sample.diagnostics(
      Self.text("orders", "orders").replacing("name: shop", with: "name: template0"))
    #expect(found.map(\.id) == ["closed-database"])
    #expect(found.first?.hint.map { "\($0)" }?.contains("\"postgres.database\"") == true)
  }

  @Test(arguments: ["orders", "shop", "postgres", "'orders, shop, postgres, template1'"])
  func aHintNamesEachDatabaseOnce(_ listed: String) throws {
    let user = listed.filter { $0 != "'" }
    let hint = try #require(Sample.diagnostics(Self.text(user, "qqqqqqqqqq")).first?.hint)
    for name in ["shop", "postgres", "template1"] {
      #expect("\(hint)".split(separator: "\"").count { $0 == name } == 1, "\(hint)")
    }
    #expect(!"\(hint)".contains("template0"))
  }

  @Test(arguments: ["shop", "postgres", "template1"])
  func aDatabaseIsListedOnceWhereverItComesFrom(_ first: String) throws {
    let topology = try Sample.topology(
      Self.text("orders, postgres, shop, template1", first, first: first))
    let names = topology.databases.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.contains(first) && topology.database == first)
    let owned = topology.databases.filter { $0.owner != nil }.map(\.name)
    #expect(Set(owned) == ["shop", "orders"])
    #expect(topology.databases.filter(\.isTemplate).map(\.name) == ["template1", "template0"])
  }
}
