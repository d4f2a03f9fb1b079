import Diagnostics
import Foundation
import IPAddressing
import PostgreSQL
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender

/// Docker Compose reads the committed renders of the examples, and they agree with the topologies.
@Suite(.enabled(if: Tool.areAvailable("docker compose", for: "examples in Docker Compose")))
struct ComposeExampleTests {
  @Test(arguments: Repository.examples)
  func everyExampleIsAccepted(_ example: String) throws {
    let result = try Tool("docker compose").run(
      ["-f", file(example), "config", "-q"], environment: environment(example))
    #expect(result.status == 0, "\(result.errors)")
    #expect(result.errors.isEmpty, "\(result.errors)")
  }

  @Test(arguments: Repository.examples)
  func theNetworkIsTheDeclaredOne(_ example: String) throws {
    let (topology, config) = try read(example)
    let declared = topology.network
    let network = try #require(config.networks?[declared.name])
    #expect(config.name == topology.name)
    #expect(network.name == declared.name)
    #expect(network.external ?? false == declared.isExternal)
    guard !declared.isExternal else { return }
    let pools = network.ipam?.config ?? []
    let subnets = [declared.subnet.value] + (declared.subnet6.map { [$0.value] } ?? [])
    #expect(network.driver == declared.driver)
    #expect(network.enable_ipv6 ?? false == (declared.subnet6 != nil))
    #expect(pools.map(\.subnet) == subnets.map(\.description))
    #expect(pools.first?.gateway == declared.gateway?.value.description)
    #expect(pools.first?.ip_range == declared.ipRange?.value.description)
    #expect(pools.dropFirst().first?.gateway == declared.gateway6?.value.description)
  }

  @Test(arguments: Repository.examples)
  func everyNodeIsAServiceAtItsAddresses(_ example: String) throws {
    let (topology, config) = try read(example)
    #expect(config.services.keys.sorted() == topology.nodes.map(\.name).sorted())
    for node in topology.nodes {
      let service = try #require(config.services[node.name])
      let addresses = service.networks?[topology.network.name] ?? nil
      #expect(service.networks?.count == 1)
      #expect(addresses?.ipv4_address == node.ip.value.description)
      #expect(addresses?.ipv6_address == node.ip6?.value.description)
      #expect(service.image == node.image.description)
      let publish = node.publish?.value
      #expect(service.ports?.map(\.host_ip) ?? [] == (publish.map { ["\($0.address)"] } ?? []))
      #expect(service.ports?.map(\.published) ?? [] == (publish.map { ["\($0.port)"] } ?? []))
      #expect(service.ports?.allSatisfy { $0.target == topology.port } ?? true)
    }
  }

  @Test(arguments: Repository.examples)
  func dataAndFilesAreMountedWhereTheMajorLooks(_ example: String) throws {
    let (topology, config) = try read(example)
    let folder = Repository.root.appending(path: "output/\(example)").path
    for node in topology.nodes {
      let mounts = try #require(config.services[node.name]?.volumes)
      let data = mounts.filter { $0.target == PostgresLayout.dataMount(for: topology.major) }
      #expect(data.map(\.read_only) == [nil])
      #expect(data.map(\.type) == [node.data == nil ? "volume" : "bind"])
      let files = mounts.filter { $0.read_only == true }
      #expect(
        files.prefix(2).map(\.source) == ["\(folder)/\(node.name)", "\(folder)/scripts"])
      #expect(
        files.prefix(2).map(\.target) == ["/etc/pgtopo", "/pgtopo/scripts"])
    }
    let volumes = config.services.values.compactMap { service in
      service.volumes?.first { $0.type == "volume" }?.source
    }
    #expect(Set(volumes).count == volumes.count, "two nodes share a volume")
  }

  /// A node finds out its role when it starts, and waits for its upstream.
  @Test(arguments: Repository.examples)
  func nothingInAServiceIsAboutARole(_ example: String) throws {
    let (topology, config) = try read(example)
    for node in topology.nodes {
      let service = try #require(config.services[node.name])
      #expect(service.depends_on == nil)
      let own = config.environment(of: node.name)
      #expect(own["PGTOPO_NODE"] == node.name)
      for other in topology.nodes {
        let others = config.environment(of: other.name)
        #expect(own.filter { $0.key != "PGTOPO_NODE" } == others.filter { $0.key != "PGTOPO_NODE" })
      }
    }
  }

  @Test(arguments: Repository.examples)
  func theHealthCheckIsTheDeclaredOne(_ example: String) throws {
    let (topology, config) = try read(example)
    let declared = topology.healthcheck
    for node in topology.nodes {
      let check = try #require(config.services[node.name]?.healthcheck)
      #expect(check.test == ["CMD", "/pgtopo/scripts/health.sh", "\(declared.timeoutSeconds)"])
      #expect(check.retries == declared.retries)
      let found = [check.interval, check.start_period].map(seconds)
      #expect(found == [declared.interval, declared.startPeriod].map(seconds))
      // A check lasts as long as the node visibly works.
      #expect(seconds(check.timeout) == 24 * 3600)
    }
  }

  @Test(arguments: Repository.examples)
  func passwordsComeFromWhereTheTopologySays(_ example: String) throws {
    let (topology, config) = try read(example)
    let topologyFolder = Repository.root.appending(path: "examples/\(example)").path
    for user in topology.users {
      switch user.password.value {
      case .literal(let password):
        #expect(config.environment(of: topology.primary.name).values.contains(password))
      case .environment(let variable):
        #expect(config.secrets?.values.contains { $0.environment == variable } == true)
      case .file(let path):
        let file = "\(topologyFolder)/\(path)"
        #expect(config.secrets?.values.contains { $0.file == file } == true)
      }
    }
    for service in config.services.values {
      #expect((service.secrets ?? []).map(\.source).sorted() == config.secrets?.keys.sorted() ?? [])
    }
  }

  private func file(_ example: String) -> String {
    Repository.root.appending(path: "output/\(example)/docker-compose.yml").path
  }

  private func read(_ example: String) throws -> (ResolvedTopology, ComposeConfig) {
    let config = try ComposeConfig.read(file(example), environment: environment(example))
    return (try topology(example), config)
  }

  private func topology(_ example: String) throws -> ResolvedTopology {
    let url = Repository.root.appending(path: "examples/\(example)/topology.yml")
    var diagnostics: [Diagnostic] = []
    let source = SourceFile(path: "topology.yml", bytes: Array(try Data(contentsOf: url)))
    return try #require(
      ResolvedTopology.read(source, for: RenderTarget.compose.target, &diagnostics),
      "\(diagnostics)")
  }

  /// A value for each variable that a password comes from.
  private func environment(_ example: String) throws -> [String: String] {
    let variables = try topology(example).users.compactMap { user in
      if case .environment(let variable) = user.password.value { variable } else { nil }
    }
    return Tool.cleanEnvironment(
      Dictionary(variables.map { ($0, "secret") }, uniquingKeysWith: { $1 }))
  }

  /// A duration of Compose, which writes 60s as 1m0s.
  private func seconds(_ duration: String) -> Double {
    let units = ["h": 3600.0, "m": 60, "s": 1, "ms": 1e-3, "us": 1e-6]
    var (total, digits, unit) = (0.0, "", "")
    for character in duration + "0" {
      if character.isNumber, !unit.isEmpty {
        total += (Double(digits) ?? .nan) * (units[unit] ?? .nan)
        (digits, unit) = ("", "")
      }
      if character.isNumber { digits.append(character) } else { unit.append(character) }
    }
    return total
  }
}
