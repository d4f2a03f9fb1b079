import SchemaCoding
import TestWorld
import Testing

@testable import Workspace

@Suite struct ConfigurationTests {
  private let md5 =
    Sample.clean + """
      hba:
        records:
          - {type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: md5}

      """

  /// Every key there is.
  @Test func understandsEveryKey() {
    let world = MemoryWorld([
      "/home/topology.yml": md5,
      "/home/.pgtopo.yml": """
      rules: {md5-authentication: note}
      select: [access]
      ignore: [open-to-the-world]
      fail_on: error
      """,
    ])
    guard case .object(let shape) = Schema.lintConfiguration.shape else {
      Issue.record("a configuration is no mapping")
      return
    }
    #expect(shape.properties.map(\.name) == ["rules", "select", "ignore", "fail_on"])
    #expect(world.run("lint") == 0)
    #expect(world.output.contains(": note: authentication with md5"))
    #expect(world.run("lint", "--fail-on", "note") == 1)
    #expect(world.run("lint", "--ignore", "md5-authentication") == 0)
    #expect(world.output == "")
    #expect(world.run("lint", "--no-config") == 1)
    #expect(world.output.contains(": warning: authentication with md5"))
  }

  @Test(arguments: [
    ("warnin", "Perhaps you meant \"warning\"."),
    ("off", "Write \"note\", \"warning\" or \"error\"."),
  ])
  func aSeverityIsOneOfThree(_ word: String, _ hint: String) {
    let world = MemoryWorld([
      "/home/topology.yml": md5, "/home/.pgtopo.yml": "fail_on: \(word)\n",
    ])
    #expect(world.run("lint") == 2)
    #expect(world.errors.contains("hint: \(hint)"), "\(world.errors)")
  }

  @Test func aRuleThatIsOffSaysNothingUnlessItIsSelected() {
    let world = MemoryWorld([
      "/home/topology.yml": md5, "/home/.pgtopo.yml": "rules: {md5-authentication: off}\n",
    ])
    #expect(world.run("lint") == 0)
    #expect(world.run("lint", "--select", "md5-authentication,network") == 1)
    #expect(world.run("lint", "--select", "network") == 0)
  }

  @Test func theNearestFileUpToTheRepositoryCounts() {
    let world = MemoryWorld([
      "/home/a/b/topology.yml": md5, "/home/.pgtopo.yml": "ignore: [access]\n",
    ])
    #expect(world.run("lint", "a/b/topology.yml") == 0)
    world.put("/home/a/.git", .folder)
    #expect(world.run("lint", "a/b/topology.yml") == 1)
    world.put("/home/a/.pgtopo.yml", "fail_on: error\n")
    #expect(world.run("lint", "a/b/topology.yml") == 0)
    world.put("/home/a/b/.pgtopo.yml", "")
    #expect(world.run("lint", "a/b/topology.yml") == 1)
    #expect(world.run("lint", "a/b/topology.yml", "--config", ".pgtopo.yml") == 0)
  }

  @Test func reportsWhatItDoesNotKnowAndWhatWasMeant() {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.clean,
      "/home/.pgtopo.yml": "rules: {md5-authentification: off}\nignored: [acces]\n",
    ])
    #expect(world.run("lint") == 2)
    #expect(world.errors.contains(".pgtopo.yml:1:9: error: rule \"md5-authentification\" does not"))
    #expect(world.errors.contains(".pgtopo.yml:2:1: error: unrecognized key \"ignored\""))
    #expect(world.errors.contains("Perhaps you meant \"access\"."))
    #expect(world.run("lint", "--no-config", "--select", "acces") == 2)
    #expect(world.errors.contains("hint: Perhaps you meant \"access\"."))
    #expect(world.run("lint", "--config", "none.yml") == 2)
  }

  @Test func aRuleUnderBothOfItsNamesIsAMistake() {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.clean,
      "/home/.pgtopo.yml": """
      rules:
        setting-from-the-future: off
        setting-too-new: error
      """,
    ])
    #expect(world.run("lint") == 2)
    #expect(
      world.errors.contains(
        ".pgtopo.yml:3:3: error: rule \"setting-too-new\" is given twice [duplicate-key]"),
      "\(world.errors)")
  }

  @Test func aRenderHeedsItToo() {
    let world = MemoryWorld(["/home/topology.yml": md5.replacing("md5", with: "trust")])
    #expect(world.run("render") == 1)
    world.put("/home/.pgtopo.yml", "rules: {trust-over-network: warning}\n")
    #expect(world.run("render") == 0)
  }
}
