import Diagnostics
import SourceText
import Testing
import TopologyModel
import TopologyRender

/// The label by which Compose notices that mounted configuration changed.
struct ConfigurationLabelTests {
  @Test func changesForTheNodeWhoseSettingChangedAndForNoOther() throws {
    let before = try labels(replicaSettings: "{work_mem: 4MB}")
    let after = try labels(replicaSettings: "{work_mem: 5MB}")
    try #require(before.count == 2 && after.count == 2)
    #expect(before[0] == after[0])
    #expect(before[1] != after[1])
  }

  @Test func changesForEveryNodeWhenAnHBARecordIsAdded() throws {
    let before = try labels()
    let after = try labels(
      more: "hba: {records: [{type: host, databases: [app], users: [app], "
        + "address: 10.0.0.9/32, method: scram-sha-256}]}")
    try #require(before.count == 2 && after.count == 2)
    #expect(zip(before, after).allSatisfy { $0 != $1 })
  }

  /// Compose itself does not recreate a container when a secret has another source.
  @Test func changesForEveryNodeWhenAPasswordComesFromAnotherPlace() throws {
    let before = try labels()
    let after = try labels(password: "{env: OTHER}")
    try #require(before.count == 2 && after.count == 2)
    #expect(zip(before, after).allSatisfy { $0 != $1 })
  }

  @Test func doesNotDependOnTheNameOfTheTopologyFile() throws {
    #expect(try labels(sourceName: "a.yml") == labels(sourceName: "b.yml"))
  }

  /// So that alone recreates no container.
  @Test func aSwapOfRolesChangesNothingThatComposeOrAServerSees() throws {
    let more = "replication: {synchronous: {method: any, count: 1}}"
    let before = try files(more: more)
    let after = try files(more: more, isSwapped: true)
    #expect(before.map(\.path) == after.map(\.path))
    let changed = zip(before, after).filter { $0 != $1 }.map(\.0.path)
    #expect(
      Set(changed).isSubset(of: [
        "primary/primary.conf", "replica/primary.conf", "scripts/nodes", "scripts/topology.sh",
        ".pgtopo-topology.yml",
      ]), "\(changed)")
  }

  /// The lines with the label, the primary's first.
  private func labels(
    replicaSettings: String = "{}", password: String = "{env: C}", more: String = "",
    sourceName: String = "topology.yml"
  ) throws -> [Substring] {
    let files = try files(
      replicaSettings: replicaSettings, password: password, more: more, sourceName: sourceName)
    let compose = try #require(files.first { $0.path == "docker-compose.yml" })
    return compose.contents.split(separator: "\n").filter { $0.contains("pgtopo.configuration") }
  }

  private func files(
    replicaSettings: String = "{}", password: String = "{env: C}", more: String = "",
    sourceName: String = "topology.yml", isSwapped: Bool = false
  ) throws -> [OutputFile] {
    let roles = isSwapped ? ["replica", "primary"] : ["primary", "replica"]
    let text = """
      version: 1
      name: app
      postgres: {version: 17}
      network: {subnet: 10.0.0.0/24}
      users:
        postgres: {attributes: [superuser], password: {env: A}}
        repuser: {attributes: [replication], password: {env: B}}
        app: {password: \(password)}
      nodes:
        primary: {role: \(roles[0]), ip: 10.0.0.10}
        replica: {role: \(roles[1]), ip: 10.0.0.11, settings: \(replicaSettings)}
      \(more)
      """
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: sourceName, bytes: Array(text.utf8))
    let topology = ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [])
    return RenderTarget.compose.render(
      try #require(topology), RenderContext(sourceFolder: "..", sourceName: sourceName))
  }
}
