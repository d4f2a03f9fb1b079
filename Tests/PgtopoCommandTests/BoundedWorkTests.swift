import TestWorld
import Testing

@testable import PgtopoCommand

/// Small files that ask for a lot of work: each command answers, and at once.
@Suite struct BoundedWorkTests {
  private static func world(_ pattern: String) -> MemoryWorld {
    MemoryWorld(["/home/pg_hba.conf": "host all \"/\(pattern)\" 10.0.0.0/8 md5\n"])
  }

  static let deep = String(repeating: "(", count: 29_300)
  static let deepLook = String(repeating: "(?=", count: 27_700)

  @Test(arguments: [deep, deepLook, "^(((a?){255}){255}){255}$"])
  func checkRefusesAPatternThatIsTooComplex(_ pattern: String) {
    let world = Self.world(pattern)
    #expect(world.run("check", "pg_hba.conf") == 1)
    #expect(world.output.contains(": regular expression is too complex"))
  }

  /// Nested lookaheads, once a power of the name's length.
  @Test func hbaExplainMatchesNestedLookaheads() {
    let start = String(repeating: "(?=.*", count: 40)
    let world = Self.world(start + "x" + String(repeating: ")", count: 40))
    let user = String(repeating: "a", count: 60)
    let status = world.run(
      "hba", "explain", "--file", "pg_hba.conf", "--from", "10.1.2.3", "--user", user,
      "--database", "app")
    #expect(status == 1)
    #expect(world.output.contains("no pg_hba.conf entry"))
  }

  @Test func checkStopsReadingFilesThatIncludeEachOther() {
    let eight = { (name: String) in String(repeating: "include '\(name)'\n", count: 8) }
    let world = MemoryWorld([
      "/home/postgresql.conf": eight("b.conf"), "/home/b.conf": eight("postgresql.conf"),
    ])
    #expect(world.run("check", "postgresql.conf") == 1)
    #expect(world.output.contains("maximum of 1000 files in all exceeded"))
  }
}
