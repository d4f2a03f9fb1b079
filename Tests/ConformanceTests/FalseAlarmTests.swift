import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import TopologyLint
import TopologyModel
import TopologyRender

/// Topologies in which nothing is wrong cause no findings.
struct FalseAlarmTests {
  /// In two halves, so that two processors are busy.
  private static let halves = [UInt64(1)...150, 151...300]

  @Test(arguments: halves)
  func noRuleComplainsAboutSoundTopologies(_ seeds: ClosedRange<UInt64>) throws {
    for seed in seeds {
      let (topology, text) = try sound(seed)
      #expect(Linting.findings(in: topology) == [], "seed \(seed)\n\(text)")
    }
  }

  /// They really are valid topologies: Compose accepts their renders.
  @Test(
    .enabled(if: Tool.areAvailable("docker compose", for: "sound topologies in Compose")),
    arguments: halves)
  func composeTakesSoundTopologies(_ seeds: ClosedRange<UInt64>) throws {
    let context = RenderContext(sourceFolder: "../..", sourceName: "topology.yml")
    for seed in seeds {
      let (topology, text) = try sound(seed)
      let folder = try TemporaryFolder()
      defer { folder.remove() }
      for file in RenderTarget.compose.render(topology, context) {
        try folder.write(file.contents, to: "output/sound/\(file.path)")
      }
      let config = try ComposeConfig.read(
        folder.url.path + "/output/sound/docker-compose.yml", environment: SoundTopology.environment
      )
      #expect(
        config.services.keys.sorted() == topology.nodes.map(\.name).sorted(),
        "seed \(seed)\n\(text)")
    }
  }

  private func sound(_ seed: UInt64) throws -> (ResolvedTopology, String) {
    var sample = SoundTopology(seed: seed)
    let text = sample.yaml()
    var diagnostics: [Diagnostic] = []
    let topology = ResolvedTopology.read(
      SourceFile(path: "topology.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [], "seed \(seed)\n\(text)")
    return (try #require(topology, "seed \(seed)\n\(text)"), text)
  }
}
