import TestWorld
import Testing

@testable import PgtopoCommand

@Suite struct LintCommandTests {
  @Test func isSilentAboutACleanFile() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    #expect(world.run("lint", "topology.yml") == 0)
    #expect(world.output == "")
    #expect(world.errors == "")
  }

  @Test func reportsAndCounts() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    #expect(world.run("lint", "topology.yml") == 1)
    #expect(world.output.hasPrefix("topology.yml:1:10: error: "))
    #expect(world.output.contains("\n 1 | version: 2\n   |          ^\n"))
    #expect(world.output.hasSuffix("\n\n1 error in 1 file\n"))
    #expect(world.errors == "")
  }

  @Test func leavesOutTheSummaryWhenQuiet() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    #expect(world.run("lint", "-q") == 1)
    #expect(world.output.contains("[out-of-range]"))
    #expect(!world.output.contains("1 error in 1 file"))
  }

  @Test func writesOneLineEachWhenConcise() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    #expect(world.run("lint", "--format", "concise") == 1)
    #expect(world.output.split(separator: "\n").count == 1)
    #expect(world.output.hasSuffix("[out-of-range]\n"))
  }

  @Test func findsTheTopologiesOfTheCurrentFolderAndBelow() {
    let world = MemoryWorld([
      "/home/topology.yml": Sample.broken, "/home/topology.yaml": Sample.broken,
      "/home/b.pgtopo.yml": Sample.broken, "/home/other.yml": Sample.broken,
      "/home/.hidden.pgtopo.yml": Sample.broken, "/home/below/topology.yml": Sample.broken,
      "/home/.hidden/topology.yml": Sample.broken, "/elsewhere/topology.yml": Sample.broken,
    ])
    world.put("/home/link", .link("/elsewhere"))
    #expect(world.run("lint", "--format", "concise") == 1)
    let names = world.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(names == ["b.pgtopo.yml", "topology.yaml", "topology.yml", "below/topology.yml"])
  }

  @Test func saysWhatItLookedFor() {
    let world = MemoryWorld()
    #expect(world.run("lint") == 2)
    #expect(
      world.errors == """
        pgtopo: no topology file in the current folder
        hint: Name a file, or call it topology.yml, topology.yaml or *.pgtopo.yml.

        """)
    world.put("/home/empty", .folder)
    #expect(world.run("lint", "empty") == 2)
    #expect(world.errors.hasPrefix("pgtopo: no topology file in folder \"empty\"\n"))
  }

  @Test func looksIntoAFolderAndBelow() {
    let world = MemoryWorld([
      "/home/x/topology.yml": Sample.broken, "/home/x/y/topology.yml": Sample.broken,
    ])
    #expect(world.run("lint", "--format", "concise", "x/") == 1)
    #expect(world.output.hasPrefix("x/topology.yml:1:10: "))
    let names = world.output.split(separator: "\n").map { $0.prefix { $0 != ":" } }
    #expect(names == ["x/topology.yml", "x/y/topology.yml"])
  }

  @Test func theNumberOfWorkersChangesNothing() {
    let world = MemoryWorld()
    for index in 0..<200 {
      let text = index % 3 == 0 ? Sample.broken : Sample.topology(replica: "r\(index % 5)")
      world.put("/home/\(index)/topology.yml", text)
    }
    world.change { $0.workers = 1 }
    world.run("lint")
    let alone = world.output
    #expect(alone.contains("[subnet-shared-between-topologies]"))
    for workers in [2, 3, 16] {
      world.change { $0.workers = workers }
      #expect(world.run("lint") == 1)
      #expect(world.output == alone)
    }
  }

  @Test func readsStandardInputByAnyName() {
    let world = MemoryWorld()
    world.change { $0.input = Sample.broken }
    #expect(world.run("lint", "-", "--format", "concise") == 1)
    #expect(world.output.hasPrefix("<stdin>:1:10: "))
    #expect(world.run("lint", "-", "--format", "concise", "--stdin-filename", "db.yml") == 1)
    #expect(world.output.hasPrefix("db.yml:1:10: "))
  }

  @Test func lintsAFileOnceHoweverOftenItIsNamed() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    world.run("lint", "topology.yml", "./topology.yml", "/home/topology.yml", ".", "../home/")
    #expect(world.output.hasSuffix("\n1 error in 1 file\n"))
  }

  @Test func lintsTheRestWhenAFileCannotBeRead() {
    let world = MemoryWorld(["/home/b.yml": Sample.broken, "/home/secret.yml": ""])
    world.change { $0.refusals["/home/secret.yml"] = "Permission denied" }
    #expect(world.run("lint", "a.yml", "secret.yml", "b.yml", "--format", "concise") == 2)
    #expect(
      world.errors == """
        pgtopo: could not read file "a.yml": No such file or directory
        pgtopo: could not read file "secret.yml": Permission denied

        """)
    #expect(world.output.hasPrefix("b.yml:1:10: "))
  }

  @Test func followsALinkToAFile() {
    let world = MemoryWorld(["/home/real": Sample.broken])
    world.put("/home/topology.yml", .link("/home/real"))
    #expect(world.run("lint") == 1)
  }

  @Test func neverPrintsAPassword() {
    let world = MemoryWorld(["/home/topology.yml": "users: {a: {pasword: {literal: 1234567}}}\n"])
    #expect(world.run("lint") == 1)
    #expect(world.output.contains("literal: ***"))
    #expect(!world.output.contains("1234567"))
  }

  @Test(arguments: [
    ([], false, false), ([], true, true), (["NO_COLOR=1"], true, false),
    (["NO_COLOR="], true, true),
    (["FORCE_COLOR=1"], false, true), (["FORCE_COLOR=0"], true, false),
    (["CLICOLOR_FORCE=1"], false, true), (["NO_COLOR=1", "FORCE_COLOR=1"], true, false),
    (["TERM=dumb"], true, false),
  ])
  func coloursWhereColoursAreWelcome(variables: [String], isTerminal: Bool, isColoured: Bool) {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    world.change { state in
      state.isTerminal = isTerminal
      for variable in variables {
        let parts = variable.split(separator: "=", omittingEmptySubsequences: false)
        state.variables[String(parts[0])] = String(parts[1])
      }
    }
    world.run("lint")
    #expect(world.output.contains("\u{1B}[") == isColoured)
    world.run("lint", "--color", "always")
    #expect(world.output.contains("\u{1B}["))
    world.run("lint", "--color", "never")
    #expect(!world.output.contains("\u{1B}["))
  }
}
