import TestWorld
import Testing

@testable import PgtopoCommand

/// The second day of a render: its report about the first.
@Suite struct RenderChangesTests {
  private let world = MemoryWorld(["/home/topology.yml": Sample.clean])
  private let folder = "/home/output/demo"
  private let note =
    "note: node \"replica\" is called \"other\" now, and copies its upstream anew\n"

  @Test func isSilentOnTheFirstDayAndWhenNothingChanged() {
    for _ in 1...3 {
      #expect(world.run("render") == 0)
      #expect(!world.output.contains("note:"))
    }
  }

  @Test func tellsAChangeAfterTheSummaryAndOnlyOnce() {
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render") == 0)
    #expect(world.output.contains("up -d --wait\n" + note))
    #expect(
      world.output.hasSuffix(
        "psql on a node:\n  docker compose -f output/demo/docker-compose.yml exec NODE psql "
          + "-U admin -d demo\n"))
    #expect(world.run("render") == 0)
    #expect(!world.output.contains("note:"))
  }

  @Test func tellsItWhenQuietToo() {
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render", "--quiet") == 0)
    #expect(world.output.hasPrefix(note))
  }

  @Test func previewsAndChecksTellItWithoutUsingItUp() {
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    for _ in 1...2 {
      #expect(world.run("render", "--dry-run") == 0)
      #expect(world.output.contains(note))
      #expect(world.run("render", "--check") == 1)
      #expect(world.output.contains(note))
      #expect(world.output.contains("stale: output/demo/.pgtopo-topology.yml\n"))
      #expect(world.run("render", "--check", "--quiet") == 1)
      #expect(!world.output.contains(note))
      #expect(world.run("render", "--stdout", "db.env") == 0)
      #expect(!world.output.contains(note))
    }
    #expect(world.run("render") == 0)
    #expect(world.output.contains(note))
  }

  /// Wherever a render is interrupted, the next one still reports the changes.
  @Test func tellsItAfterAnInterruptedRender() {
    world.run("render")
    let entries = world.entries
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    let topology = world.entries["/home/topology.yml"]
    for count in 0...40 {
      world.change { $0.entries = entries }
      if let topology { world.put("/home/topology.yml", topology) }
      world.change { $0.changesLeft = count }
      let isDone = world.run("render") == 0
      world.change { $0.changesLeft = .max }
      if isDone { return #expect(count > 3) }
      let isKept = world.text("\(folder)/.pgtopo-topology.yml")?.contains("name: other") == true
      #expect(world.run("render") == 0)
      // Only the removal of files is left to do then.
      #expect(world.output.contains(note) || isKept, "\(count)")
    }
    Issue.record("the render never ended")
  }

  @Test func isSilentBesideAnEarlierRenderThatKeptNothing() {
    world.run("render")
    world.change { $0.entries["\(folder)/.pgtopo-topology.yml"] = nil }
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render") == 0)
    #expect(!world.output.contains("note:"))
  }

  @Test func saysSoWhenTheEarlierTopologyIsDamaged() {
    world.run("render")
    world.put("\(folder)/.pgtopo-topology.yml", "name: [")
    #expect(world.run("render") == 1)
    #expect(world.errors.contains(".pgtopo-topology.yml\" was edited by hand"))
    #expect(world.run("render", "--force") == 0)
    #expect(world.output.contains("note: the topology of the earlier render cannot be read"))
    #expect(world.run("render", "--check") == 0)
    #expect(!world.output.contains("note:"))
  }

  @Test func tellsWithEveryRenderThatAnotherNodeIsThePrimary() {
    world.run("render")
    world.put("\(folder)/.pgtopo-actual", "identifier=7300\nprimary=replica\ntimeline=2\n")
    for arguments in [["render"], ["render", "--check"], ["render", "--dry-run"], ["render"]] {
      #expect(Pgtopo.run(arguments, in: world.environment) == 0)
    }
    let fact = "note: \"replica\" is the primary, and the topology says \"primary\"\n"
    #expect(world.output.ranges(of: fact).count == 4)
    #expect(world.run("render", "--check", "--quiet") == 0)
    #expect(world.output == "")
    world.put("\(folder)/.pgtopo-actual", "primary=primary\n")
    #expect(world.run("render") == 0)
    #expect(!world.output.contains("note:"))
    world.put("\(folder)/.pgtopo-actual", "primary=gone\n")
    #expect(world.run("render", "--quiet") == 0)
    #expect(
      world.output.hasPrefix("warning: the primary is \"gone\", which the topology no longer"))
    // It is not ours, so it is kept.
    #expect(world.text("\(folder)/.pgtopo-actual") == "primary=gone\n")
  }

  @Test func survivesAFactThatCannotBeRead() {
    world.put("\(folder)/.pgtopo-actual", .folder)
    #expect(world.run("render") == 0)
    world.put("\(folder)/.pgtopo-actual", "primary=x\n")
    world.change { $0.refusals["\(folder)/.pgtopo-actual"] = "Permission denied" }
    #expect(world.run("render") == 0)
    #expect(world.errors == "")
  }
}
