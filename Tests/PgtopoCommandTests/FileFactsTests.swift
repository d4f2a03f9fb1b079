import TestWorld
import Testing

/// What `lint` finds out about the files that a topology names.
struct FileFactsTests {
  private let topology = """
    version: 1
    name: demo
    postgres: {version: 18, image: postgres:18-trixie}
    network: {subnet: 172.22.0.0/24}
    users: {admin: {attributes: [superuser], password: {file: secrets/admin}}}
    nodes: {primary: {role: primary, ip: 172.22.0.100, data: ../data}}

    """

  private func world() -> MemoryWorld { MemoryWorld(["/home/db/topology.yml": topology]) }

  @Test func filesThatAreNotThereAreNoFinding() {
    let world = world()
    #expect(world.run("lint", "db/topology.yml") == 0, "\(world.output)")
  }

  @Test(arguments: [(UInt32(0o600), 0), (0o640, 1), (0o644, 1)] as [(UInt32, Int32)])
  func theModeOfASecretIsLookedUpBesideTheTopology(_ mode: UInt32, _ status: Int32) {
    let world = world()
    world.put("/home/db/secrets/admin", "u3Vt9wLq0ZxR7nBe", mode: mode)
    world.put("/home/secrets/admin", "elsewhere", mode: 0o644)
    #expect(world.run("lint", "--format", "concise", "db/topology.yml") == status)
    #expect(world.output.contains("[secret-file-readable]") == (status == 1), "\(world.output)")
    #expect(!world.output.contains("u3Vt9"))
  }

  @Test(arguments: [
    ("PG_VERSION", "17\n", Int32(1)), ("18/docker/PG_VERSION", "18\n", 0),
    ("PG_VERSION", "nonsense\n", 0), ("18/docker/PG_VERSION", "17\n", 1),
    ("data/PG_VERSION", "16\n", 1), ("19/docker/PG_VERSION", "19\n", 1),
  ])
  func theDataDirectoryTellsItsMajor(_ path: String, _ content: String, _ status: Int32) {
    let world = world()
    world.put("/home/data/\(path)", content)
    #expect(world.run("lint", "--format", "concise", "db/topology.yml") == status)
    #expect(world.output.contains("[data-of-other-major]") == (status == 1), "\(world.output)")
  }

  @Test func whatCannotBeReadIsNoFinding() {
    let world = world()
    world.put("/home/data/PG_VERSION", "17\n")
    world.change { $0.refusals["/home/data/PG_VERSION"] = "Permission denied" }
    #expect(world.run("lint", "db/topology.yml") == 0, "\(world.output)")
    #expect(world.errors == "")
  }
}
