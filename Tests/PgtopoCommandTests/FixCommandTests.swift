import PgtopoCommand
import TestWorld
import Testing
import Workspace

@Suite struct FixCommandTests {
  /// A byte order mark, CRLF and a comment around the text to fix.
  private let wrong =
    "\u{FEFF}# head\r\n"
    + Sample.topology().replacing("172.22.0.0/24}", with: "172.22.0.1/24} # why")
    .replacing("\n", with: "\r\n")
  private var right: String { wrong.replacing("172.22.0.1/24}", with: "172.22.0.0/24}") }

  @Test func writesSafeFixesAndNothingElse() {
    let world = MemoryWorld()
    world.put("/home/topology.yml", wrong, mode: 0o600)
    #expect(world.run("lint") == 1)
    #expect(world.output.hasSuffix("\n\n1 error in 1 file; 1 fixable with \"--fix\"\n"))
    #expect(world.run("lint", "--fix") == 0)
    #expect(world.output == "1 fixed\n")
    #expect(world.text("/home/topology.yml") == right)
    #expect(world.mode("/home/topology.yml") == 0o600)
    #expect(world.run("lint", "--fix") == 0)
    #expect(world.journal == [])
  }

  @Test func showsADifferenceAndWritesNothing() {
    let world = MemoryWorld(["/home/topology.yml": wrong.replacing("\r\n", with: "\n")])
    #expect(world.run("lint", "--diff") == 1)
    #expect(world.journal == [])
    #expect(world.output.hasPrefix("--- topology.yml\n+++ topology.yml\n@@ -3,7 +3,7 @@\n"))
    #expect(
      world.output.contains(
        "\n-network: {subnet: 172.22.0.1/24} # why\n+network: {subnet: 172.22.0.0/24} # why\n"))
    #expect(world.errors == "1 fix not written\n")
    world.put("/home/topology.yml", Sample.clean)
    #expect(world.run("lint", "--diff") == 0)
    #expect(world.output + world.errors == "")
  }

  @Test func aDifferenceHidesPasswords() {
    let text = Sample.clean.replacing("{env: REPLICATION_PASSWORD}", with: "{literal: s3cret-word}")
      .replacing("172.22.0.0/24", with: "172.22.0.1/24")
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--diff") == 1)
    #expect(world.output.contains("literal: ***}}\n"))
    #expect(!world.output.contains("s3cret"))
  }

  @Test func leavesUnsafeFixesToWhoAsksForThem() {
    let text = Sample.clean.replacing("postgres:17-bookworm", with: "postgres")
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--fix") == 1)
    #expect(
      world.output.hasSuffix("1 warning in 1 file; 1 fixable with \"--fix --unsafe-fixes\"\n"))
    #expect(world.text("/home/topology.yml") == text)
    #expect(world.run("lint", "--fix", "--unsafe-fixes") == 0)
    #expect(world.text("/home/topology.yml") == Sample.clean)
  }

  @Test func followsALinkInsteadOfReplacingIt() {
    let world = MemoryWorld(["/elsewhere/real": wrong])
    world.put("/home/topology.yml", .link("/elsewhere/real"))
    #expect(world.run("lint", "--fix", "topology.yml") == 0)
    #expect(world.entries["/home/topology.yml"] == .link("/elsewhere/real"))
    #expect(world.text("/elsewhere/real") == right)
  }

  @Test func doesNotOverwriteWhatChangedMeanwhile() {
    let world = MemoryWorld(["/home/topology.yml": wrong])
    var environment = world.environment
    let read = environment.files.readNamed
    environment.files.readNamed = { path throws(FileError) in
      let bytes = try read(path)
      world.put("/home/topology.yml", "somebody else's\n")
      return bytes
    }
    #expect(Pgtopo.run(["lint", "--fix", "topology.yml"], in: environment) == 2)
    #expect(world.errors.contains("it changed while it was being linted"))
    #expect(world.text("/home/topology.yml") == "somebody else's\n")
  }

  @Test func doesNotTakeAFixThatBreaksTheFile() {
    let text =
      Sample.clean + "lint: {allow: {literal-password: one, literal-pasword: two}}\n"
    let world = MemoryWorld(["/home/topology.yml": text])
    #expect(world.run("lint", "--fix", "--unsafe-fixes", "--select", "unknown-rule") == 1)
    #expect(world.text("/home/topology.yml") == text)
    #expect(
      world.errors.contains(
        "the fix of \"unknown-rule\" in line 13 of \"topology.yml\" was not taken"))
  }

  @Test func printsTheFixedTextOfStandardInput() {
    let world = MemoryWorld()
    world.change { $0.input = wrong }
    #expect(world.run("lint", "--fix", "-") == 0)
    #expect(world.output == right)
    #expect(world.errors == "1 fixed\n")
    #expect(world.run("lint", "--fix", "-", "other.yml") == 2)
  }
}
