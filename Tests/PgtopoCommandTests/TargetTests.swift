import ArgumentParser
import Diagnostics
import SourceText
import TestWorld
import Testing
import TopologyLint
import TopologyModel
import TopologyRender
import Workspace

@testable import PgtopoCommand

/// A target of one file, which is all that a second target takes.
extension RenderTarget {
  fileprivate static let tiny = RenderTarget(
    Target(
      id: "tiny", name: "paper",
      paths: Target.Paths(
        archive: "/srv/wal", certificate: "/srv/server.crt", key: "/srv/server.key",
        ca: "/srv/ca.crt"),
      reservedNames: ["drawer"]),
    summary: "A list on paper.",
    commands: TargetCommands(
      engine: "Paper", startWords: "read", start: { "less \($0)/nodes.txt" },
      startWithoutOthers: { "less \($0)/nodes.txt" }, end: { "shred \($0)" },
      run: { "ask \($0.node)" }, volume: { name, project in "\(project)/\(name)" },
      dataVolume: { $0 }, removeVolume: { "shred \($0)" },
      copy: { source, place, _ in "copy \(source) \(place)" })
  ) { topology, _ in
    let lines = topology.nodes.map { node in
      let settings = ["archive_command", "ssl_key_file"].map { node.settings[$0].text }
      return ([node.name] + settings).joined(separator: "\t") + "\n"
    }
    return [OutputFile(path: "nodes.txt", contents: lines.joined())]
  }
}

@Suite struct TargetTests {
  /// Docker's bridge, and a node with the name of a folder of Compose's render: no problem
  /// for paper.
  private static let text = """
    version: 1
    name: demo
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.17.0.0/24}
    users:
      admin: {attributes: [superuser], password: {env: A}}
      repuser: {attributes: [replication], password: {env: B}}
    nodes:
      primary: {role: primary, ip: 172.17.0.100}
      scripts: {role: replica, ip: 172.17.0.101}
    archive: {path: wal, keep: 7d}
    tls: {certificate: a.crt, key: a.key}
    settings: {max_slot_wal_keep_size: 4GB}

    """

  private func render(_ world: MemoryWorld, _ text: String = text) throws -> Outcome {
    world.put("/home/topology.yml", text)
    let command = try RenderCommand.parse(["topology.yml"])
    return try command.outcome(for: .tiny, in: world.environment)
  }

  @Test func aTargetHasItsOwnFilesPathsAndClosingWords() throws {
    let world = MemoryWorld([:])
    let outcome = try render(world)
    #expect(
      outcome.output == """
        output/demo: 1 file written, 0 unchanged
        next: less output/demo/nodes.txt

        """)
    let file = try #require(world.text("/home/output/demo/nodes.txt"))
    #expect(file.contains("scripts\t") && file.contains("/srv/wal/%f"))
    #expect(file.contains("\t/srv/server.key\n") && !file.contains("/pgtopo"))
  }

  @Test func aTargetHasItsOwnReservedNames() throws {
    let outcome = try render(
      MemoryWorld([:]), Self.text.replacing("  scripts: {", with: "  drawer: {"))
    #expect(outcome.status == .findings)
    #expect(outcome.output.contains("\"drawer\" is the name of a folder of the render"))
  }

  @Test func rulesOfATargetAreSilentForOthers() throws {
    func found(_ target: RenderTarget) throws -> Set<String> {
      var diagnostics: [Diagnostic] = []
      let text = Self.text.replacing("  scripts: {", with: "  spare: {")
      let file = SourceFile(path: "topology.yml", text: text)
      let topology = try #require(
        ResolvedTopology.read(file, for: target.target, &diagnostics), "\(diagnostics)")
      return Set(Linting.findings(in: topology).map(\.id.description))
    }
    #expect(try found(.compose).subtracting(found(.tiny)) == ["docker-bridge-overlap"])
    #expect(try found(.tiny).isSubset(of: found(.compose)))
  }

  /// A file in which a node has the name of a folder of Compose's render is invalid for Compose.
  @Test func fixesAreTriedOnTheTargetThatTheFileIsFor() {
    func text(_ address: String) -> String {
      Self.text + """
        hba:
          records:
            - {type: host, databases: [demo], users: [repuser], address: \(address), method: scram-sha-256}

        """
    }
    let judge = { (files: [SourceFile]) in
      Judgement(files, for: RenderTarget.tiny.target, in: MemoryWorld([:]).environment)
    }
    let files = [SourceFile(path: "/home/topology.yml", text: text("172.17.0.1/24"))]
    let run = FixRun(
      files, judge(files), for: RenderTarget.tiny.target, allowsUnsafe: true, judge: judge)
    #expect(run.fixedCount == 1 && run.refused.isEmpty)
    #expect(run.files.map { String(decoding: $0.bytes, as: UTF8.self) } == [text("172.17.0.1/32")])
  }

  @Test(arguments: LintRule.all)
  func aRuleThatNamesATargetSaysThatItIsOfIt(_ rule: LintRule) {
    let text = rule.summary + " " + rule.rationale
    let names = text.contains("Docker") || text.contains("Compose")
    #expect(!names || rule.target == RenderTarget.compose.id)
    #expect(rule.target.map { id in RenderTarget.all.contains { $0.id == id } } ?? true)
  }

  /// A folder beside those of the nodes, with a name that a node could have, would mix the two.
  @Test(arguments: RenderTarget.all)
  func everyFolderOfARenderIsANodesOrReserved(_ target: RenderTarget) throws {
    var diagnostics: [Diagnostic] = []
    let text =
      Self.text.replacing("  scripts: {", with: "  spare: {")
      + "clients: {backend: {ip: 172.17.0.200, user: admin}}\n"
    let file = SourceFile(path: "topology.yml", text: text)
    let topology = try #require(
      ResolvedTopology.read(file, for: target.target, &diagnostics), "\(diagnostics)")
    let context = RenderContext(sourceFolder: "..", sourceName: "topology.yml")
    let folders = target.render(topology, context).compactMap { file -> String? in
      let parts = file.path.split(separator: "/")
      return parts.count > 1 ? String(parts[0]) : nil
    }
    #expect(
      Set(folders) == Set(target.target.reservedNames).union(topology.nodes.map(\.name)))
  }

  @Test func theOptionTakesTheNameOfATarget() {
    let world = MemoryWorld(["/home/topology.yml": Self.text.replacing("  scripts:", with: "  b:")])
    #expect(world.run("render", "--target", "compose", "topology.yml") == 0)
    #expect(world.run("lint", "--target", "paper", "topology.yml") == 2)
    #expect(world.errors.contains("There is no target \"paper\": write one of compose."))
  }
}

extension LintRule: CustomTestStringConvertible {
  package var testDescription: String { id.description }
}

extension RenderTarget: CustomTestStringConvertible {
  package var testDescription: String { id.description }
}
