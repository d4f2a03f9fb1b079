import Foundation
import PostgreSQL
import TestSupport
import Testing
import TopologyModel

/// Whatever names, passwords and paths a topology contains, Docker Compose and shells read
/// them back unchanged from the rendered files.
@Suite(.enabled(if: Tool.areAvailable("docker compose", for: "random topologies in Compose")))
struct PropertyComposeTests {
  private static let seeds = UInt64(1)...60

  @Test func composeFindsEveryValue() throws {
    for seed in Self.seeds {
      let render = try PropertyRender(seed: seed)
      defer { render.remove() }
      try checkEnvironment(render, seed)
      try checkServices(render, seed)
      try checkShells(render, seed)
    }
  }

  private func checkEnvironment(_ render: PropertyRender, _ seed: UInt64) throws {
    let sample = render.sample
    for node in sample.nodes {
      let environment = render.config.environment(of: node.name)
      #expect(environment["POSTGRES_USER"].map(Exact.init) == Exact(sample.users[0].name))
      #expect(environment["POSTGRES_DB"].map(Exact.init) == Exact(sample.database))
      #expect(environment["REPLICATION_USER"].map(Exact.init) == Exact(sample.users[1].name))
      #expect(environment["PGTOPO_NODE"] == node.name)
      let declared = try render.declaredNode(node.name)
      #expect(declared.upstream == node.upstream && declared.address == node.address)
    }
    let initdb = render.config.environment(of: sample.nodes[0].name)["POSTGRES_INITDB_ARGS"]
    let words = try shellWords(initdb ?? "", shell: "bash")
    #expect(
      words.prefix(2) == [
        Exact("--encoding=\(sample.encoding)"), Exact("--locale=\(sample.locale)"),
      ], "seed \(seed)")
    let variables = ["POSTGRES_PASSWORD", "REPLICATION_PASSWORD", "USER_3_PASSWORD"]
    for (variable, user) in zip(variables, sample.users) {
      #expect(Exact(try render.password(variable)) == Exact(user.password), "seed \(seed)")
    }
  }

  private func checkServices(_ render: PropertyRender, _ seed: UInt64) throws {
    let sample = render.sample
    #expect(render.config.networks?.map(\.value.name) == [sample.networkName], "seed \(seed)")
    #expect(render.config.name == sample.name)
    for node in sample.nodes {
      let service = try #require(render.config.services[node.name], "seed \(seed)")
      #expect(service.image == node.image, "seed \(seed)")
      #expect(
        service.command == ["postgres", "-c", "config_file=/etc/pgtopo/postgresql.conf"])
      #expect(service.networks?[sample.networkName]??.ipv4_address == node.address)
      #expect(service.depends_on == nil)
      let mounts = service.volumes ?? []
      func source(_ target: String) -> Exact? {
        mounts.first { $0.target == target }.map { Exact($0.source) }
      }
      func expected(_ path: String) -> Exact { Exact(render.sourcePath(path)) }
      #expect(source("/pgtopo/init") == expected(sample.initFolder), "seed \(seed)")
      #expect(source("/pgtopo/archive") == sample.archive.map(expected), "seed \(seed)")
      #expect(
        source(PostgresLayout.dataMount(for: render.topology.major))
          == (node.data.map(expected) ?? Exact("\(node.name)-data")), "seed \(seed)")
      #expect(source("/etc/pgtopo") == Exact(render.path(node.name)))
    }
    let secrets = render.config.secrets ?? [:]
    let paths = sample.certificate.map { [$0.file, $0.key] } ?? []
    #expect(
      ["pgtopo_tls_certificate", "pgtopo_tls_key"].compactMap { secrets[$0]?.file }.map(Exact.init)
        == paths.map { Exact(render.sourcePath($0)) }, "seed \(seed)")
  }

  private func checkShells(_ render: PropertyRender, _ seed: UInt64) throws {
    let sample = render.sample
    let mount = PostgresLayout.dataMount(for: render.topology.major)
    var folders = sample.nodes.compactMap { node in
      node.data.map { "\(node.name)\t\(mount)\t../../\($0)" }
    }
    if let archive = sample.archive {
      folders.append("\(sample.nodes[0].name)\t/pgtopo/archive\t../../\(archive)")
    }
    for shell in ["sh", "bash"] {
      let script = """
        folder=$2; . "$1"; printf '%s\\0' "$(declared_primary)" "$PGTOPO_DATA_FOLDERS"
        for node in $(declared_nodes); do printf '%s %s\\n' "$node" "$(declared "$node" 3)"; done
        """
      let result = try Tool(shell).output([
        "-euc", script, shell, render.path("scripts/topology.sh"), render.path("."),
      ])
      let words = result.text.split(separator: "\0", omittingEmptySubsequences: false)
        .map(String.init)
      #expect(words[0] == sample.nodes[0].name, "seed \(seed)")
      #expect(Exact(words[1]) == Exact(folders.joined(separator: "\n")), "seed \(seed)")
      #expect(
        words[2].split(separator: "\n").map(String.init)
          == sample.nodes.map { "\($0.name) \($0.upstream ?? "-")" }, "seed \(seed)")
    }
  }

  /// As the image does with POSTGRES_INITDB_ARGS.
  private func shellWords(_ text: String, shell: String) throws -> [Exact] {
    let script = "eval 'printf \"%s\\0\" '\"$1\""
    let result = try Tool(shell).output(["-euc", script, shell, text])
    return result.text.split(separator: "\0", omittingEmptySubsequences: false).dropLast()
      .map { Exact(String($0)) }
  }
}
