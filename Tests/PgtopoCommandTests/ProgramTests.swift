import TestWorld
import Testing
import Workspace

@testable import PgtopoCommand

/// The program as a whole, independent of any command.
@Suite struct ProgramTests {
  @Test func saysItsVersion() {
    let world = MemoryWorld()
    #expect(world.run("--version") == 0)
    #expect(world.output == "0.1.0\n")
  }

  @Test(arguments: [
    ["--help"], ["help"], ["lint", "--help"], ["help", "render"], ["render", "-h"],
    ["--generate-completion-script", "bash"],
  ])
  func helpsOnStandardOutput(arguments: [String]) {
    let world = MemoryWorld()
    #expect(Pgtopo.run(arguments, in: world.environment) == 0)
    #expect(world.output.contains("pgtopo"))
    #expect(world.errors == "")
  }

  @Test func helpsWithTheCommandThatWasAskedAbout() {
    let world = MemoryWorld()
    world.run("lint", "--help")
    #expect(world.output.contains("--stdin-filename"))
  }

  @Test(arguments: [
    [], ["--bogus"], ["bogus"], ["lint", "--bogus"], ["lint", "--format", "xml"],
    ["lint", "--color", "maybe"], ["explain"], ["render", "a", "b"], ["render", "-"],
    ["render", "--check", "--dry-run"], ["render", "--stdout", "x", "--check"],
    ["render", "--output", ""],
  ])
  func exitsWith2OnBadUsage(arguments: [String]) {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    #expect(Pgtopo.run(arguments, in: world.environment) == 2)
    #expect(world.output == "")
    #expect(world.errors.contains("pgtopo"))
    #expect(world.journal == [])
  }

  @Test func isQuietWhenNobodyReadsOn() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    world.change { $0.outputFailure = FileError("Broken pipe", isBrokenPipe: true) }
    #expect(world.run("lint") == 1)
    #expect(world.errors == "")
  }

  @Test func saysWhenItCouldNotWrite() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    world.change { $0.outputFailure = FileError("No space left on device") }
    #expect(world.run("render", "--stdout", "db.env") == 2)
    #expect(world.errors == "pgtopo: could not write: No space left on device\n")
  }
}
