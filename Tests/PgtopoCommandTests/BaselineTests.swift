import TestWorld
import Testing

@Suite struct BaselineTests {
  private func hba(_ records: String...) -> String {
    "hba:\n  records:\n" + records.map { "    - \($0)\n" }.joined()
  }

  private let md5 =
    "{type: host, databases: [replication], users: [repuser], address: 172.22.0.101/32, method: md5}"
  private let other =
    "{type: host, databases: [replication], users: [repuser], address: 172.22.0.100/32, method: md5}"

  @Test func hidesWhatIsKnownWhereverItStands() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean + hba(md5)])
    #expect(world.run("lint", "--write-baseline", "known.json") == 0)
    #expect(world.output == "known.json: 1 finding written\n")
    #expect(world.run("lint", "--baseline", "known.json") == 0)
    #expect(world.output == "")
    // With lines inserted above, another order of nodes and keys, and another record in front.
    let moved = "# a comment\n\n" + Sample.topology(replica: "later") + hba(other, md5)
    world.put("/home/topology.yml", moved)
    #expect(world.run("lint", "--baseline", "known.json") == 1)
    #expect(world.output.contains("1 warning in 1 file"))
    #expect(world.output.contains("172.22.0.100/32"))
    #expect(!world.output.contains("172.22.0.101/32"))
  }

  @Test func countsAndSaysWhatIsNoLongerNeeded() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean + hba(md5)])
    world.run("lint", "--write-baseline", "known.json")
    world.put("/home/topology.yml", Sample.clean + hba(md5, md5))
    #expect(world.run("lint", "--baseline", "known.json") == 1)
    world.put("/home/topology.yml", Sample.clean)
    #expect(world.run("lint", "--baseline", "known.json") == 0)
    #expect(
      world.output
        == "1 entry of the baseline no longer needed: \"--write-baseline\" writes it anew\n")
  }

  @Test func namesThePlaceAndHoldsNoSecret() {
    let text =
      Sample.clean.replacing("{env: POSTGRES_PASSWORD}", with: "{literal: s3cret}")
      + hba(md5.replacing("md5}", with: "ldap, options: {ldapserver: a, ldapbindpasswd: s3cret}}"))
    let world = MemoryWorld(["/home/a/topology.yml": text])
    #expect(
      world.run("lint", "a", "--select", "secrets,access", "--write-baseline", "b/k.json") == 0)
    let baseline = world.text("/home/b/k.json") ?? ""
    #expect(!baseline.contains("s3cret"))
    #expect(
      baseline.contains(
        """
            {
              "count" : 1,
              "file" : "../a/topology.yml",
              "place" : "users.admin.password",
              "rule" : "literal-password"
            }
        """))
    #expect(world.run("lint", "a", "--select", "secrets,access", "--baseline", "b/k.json") == 0)
  }

  @Test func overwritesBaselinesOnly() {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean, "/home/notes.txt": "dear diary"])
    #expect(world.run("lint", "--write-baseline", "notes.txt") == 2)
    #expect(world.text("/home/notes.txt") == "dear diary")
    #expect(world.errors.contains("is no baseline and was not overwritten"))
    #expect(world.run("lint", "--write-baseline", "known.json") == 0)
    #expect(world.run("lint", "--write-baseline", "known.json") == 0)
    #expect(world.run("lint", "--baseline", "none.json") == 2)
    world.put("/home/known.json", "{\"version\": 2, \"findings\": []}")
    #expect(world.run("lint", "--baseline", "known.json") == 2)
    #expect(world.errors.hasPrefix("known.json:1:13: error: "))
  }

  @Test func mistakesOfTheFileAreNeverKnown() {
    let world = MemoryWorld(["/home/topology.yml": Sample.broken])
    #expect(world.run("lint", "--write-baseline", "known.json") == 1)
    #expect(world.run("lint", "--baseline", "known.json") == 1)
  }
}
