import TestWorld
import Testing
import TopologyModel

@testable import PgtopoCommand

@Suite struct RenderCommandTests {
  private let world = MemoryWorld(["/home/topology.yml": Sample.clean])
  private let folder = "/home/output/demo"

  @Test func writesBesideTheFileAndSaysWhatIsNext() {
    #expect(world.run("render") == 0)
    #expect(world.text("\(folder)/docker-compose.yml")?.contains("172.22.0.101") == true)
    let count = world.entries.keys.count { $0.hasPrefix("\(folder)/") && world.text($0) != nil } - 1
    #expect(
      world.output == """
        output/demo: \(count) files written, 0 unchanged
        next: docker compose -f output/demo/docker-compose.yml up -d --wait

        """)
    #expect(world.errors == "")
  }

  @Test func givesEachFileItsPermissions() {
    world.run("render")
    #expect(world.mode("\(folder)/db.env") == 0o600)
    #expect(world.mode("\(folder)/.pgtopo-manifest") == 0o600)
    #expect(world.mode("\(folder)/docker-compose.yml") == 0o644)
    #expect(world.mode("\(folder)/scripts/setup.sh") == 0o755)
  }

  @Test func writesNothingTheSecondTime() {
    world.run("render")
    #expect(world.run("render") == 0)
    #expect(world.journal == [])
    #expect(world.output.contains(": 0 files written, "))
  }

  @Test func takesTheFolderFromTheFileOrTheCommandLine() {
    world.put("/home/a/db.yml", Sample.topology(head: "output: ../deploy"))
    #expect(world.run("render", "a/db.yml") == 0)
    #expect(world.text("/home/deploy/docker-compose.yml") != nil)
    #expect(world.run("render", "a/db.yml", "--output", "elsewhere") == 0)
    #expect(world.text("/home/elsewhere/docker-compose.yml") != nil)
    #expect(world.output.contains("docker compose -f elsewhere/docker-compose.yml"))
    #expect(world.run("render", "a/db.yml", "-o", "/srv/it's") == 0)
    #expect(world.output.contains("docker compose -f '/srv/it'\\''s/docker-compose.yml'"))
  }

  @Test func writesTheSameWhereverItIsRunFrom() {
    world.put("/home/a/topology.yml", Sample.clean)
    #expect(world.run("render", "a") == 0)
    let manifest = world.text("/home/a/output/demo/.pgtopo-manifest")
    world.run("render", "topology.yml")
    #expect(manifest != nil)
    #expect(world.text("\(folder)/.pgtopo-manifest") == manifest)
  }

  @Test func stopsAtAnErrorAndTouchesNothing() {
    world.run("render")
    let before = world.entries
    world.put("/home/topology.yml", Sample.broken)
    #expect(world.run("render", "--force") == 1)
    #expect(world.output.contains("[out-of-range]"))
    #expect(world.output.hasSuffix("\n1 error in 1 file; nothing was rendered\n"))
    #expect(world.journal == [])
    for (path, entry) in before where path.hasPrefix(folder) {
      #expect(world.entries[path] == entry)
    }
  }

  @Test func stopsAtARuleUnlessTheFileAllowsIt() {
    let head = "clients: {backend: {ip: 10.0.0.1, user: admin}}"
    world.put("/home/topology.yml", Sample.topology(head: head))
    #expect(world.run("render") == 1)
    #expect(world.output.contains("[address-outside-subnet]"))
    #expect(world.journal == [])
    world.put(
      "/home/topology.yml",
      Sample.topology(head: head + "\nlint: {allow: {address-outside-subnet: a test}}"))
    #expect(world.run("render") == 0)
  }

  @Test func countsWarningsAndGoesOn() {
    let text = Sample.clean.split(separator: "{env: POSTGRES_PASSWORD}")
      .joined(separator: "{literal: correct-horse}")
    world.put("/home/topology.yml", text)
    #expect(world.run("render") == 0)
    #expect(world.output.contains("\n1 warning: see \"pgtopo lint topology.yml\"\n"))
    #expect(world.run("render", "--dry-run") == 0)
    #expect(world.output.hasSuffix("\n1 warning: see \"pgtopo lint topology.yml\"\n"))
  }

  @Test func printsOneFile() {
    #expect(world.run("render", "--stdout", "primary/pg_hba.conf") == 0)
    let printed = world.output
    #expect(world.journal == [])
    world.run("render")
    #expect(world.text("\(folder)/primary/pg_hba.conf") == printed)
  }

  @Test func namesTheFileThatWasProbablyMeant() {
    #expect(world.run("render", "--stdout", "docker-compose.yaml") == 2)
    #expect(
      world.errors == """
        pgtopo: the render has no file "docker-compose.yaml"
        hint: Perhaps you meant "docker-compose.yml".

        """)
    world.run("render", "--stdout", "x")
    #expect(world.errors.contains("hint: The files are \"docker-compose.yml\", "))
  }

  @Test func keepsAReportOutOfAPrintedFile() {
    world.put("/home/topology.yml", Sample.broken)
    #expect(world.run("render", "--stdout", "db.env") == 1)
    #expect(world.output == "")
    #expect(world.errors.contains("[out-of-range]"))
  }

  @Test func previewsWithoutWriting() {
    #expect(world.run("render", "--dry-run") == 0)
    #expect(world.output.contains("would write: output/demo/db.env\n"))
    #expect(world.output.contains(" files to write, 0 unchanged\n"))
    #expect(world.journal == [])
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render", "--dry-run") == 0)
    #expect(world.output.contains("would remove: output/demo/replica/pg_hba.conf\n"))
    #expect(world.output.contains(", 2 to remove\n"))
    #expect(world.journal == [])
  }

  @Test func saysNothingWhenQuiet() {
    #expect(world.run("render", "--quiet") == 0)
    #expect(world.output == "")
    #expect(world.run("render", "--check", "--quiet") == 0)
    #expect(world.output == "")
  }

  @Test func wantsOneTopology() {
    world.put("/home/topology.yaml", Sample.clean)
    #expect(world.run("render") == 2)
    #expect(world.errors.hasPrefix("pgtopo: more than one topology file: \"topology.yaml\", "))
    #expect(world.run("render", "nowhere.yml") == 2)
    #expect(
      world.errors == "pgtopo: could not read file \"nowhere.yml\": No such file or directory\n")
  }

  /// With --force into the folder of the topology, where nobody meant it, files would be lost.
  @Test func theHintOfACheckNamesTheSameFolder() {
    world.run("render", "--output", "my folder")
    #expect(world.run("render", "--check", "-o", "other") == 1)
    #expect(
      world.output.hasSuffix("hint: Run \"pgtopo render --output other topology.yml\".\n"))
    world.put("/home/my folder/db.env", "x", mode: 0o600)
    #expect(world.run("render", "--check", "-o", "my folder") == 1)
    #expect(
      world.output.hasSuffix(
        "run \"pgtopo render --force --output 'my folder' topology.yml\".\n"), "\(world.output)")
  }

  @Test func checksWithoutWriting() {
    #expect(world.run("render", "--check") == 1)
    #expect(world.output.contains("missing: output/demo/db.env\n"))
    #expect(world.journal == [])
    world.run("render")
    #expect(world.run("render", "--check") == 0)
    #expect(world.output == "output/demo is up to date\n")
    world.put("\(folder)/db.env", "x", mode: 0o600)
    world.put("\(folder)/scripts/setup.sh", world.text("\(folder)/scripts/setup.sh") ?? "")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render", "--check") == 1)
    #expect(world.output.contains("edited by hand: output/demo/db.env\n"))
    #expect(world.output.contains("not executable: output/demo/scripts/setup.sh\n"))
    #expect(world.output.contains("stale: output/demo/docker-compose.yml\n"))
    #expect(world.output.contains("missing: output/demo/other/pg_hba.conf\n"))
    #expect(world.output.contains("to be removed: output/demo/replica/pg_hba.conf\n"))
    #expect(
      world.output.hasSuffix(
        "hint: Move away what you want to keep, then run \"pgtopo render --force topology.yml\".\n")
    )
    #expect(world.journal == [])
    world.run("render", "--force")
    world.put("/home/topology.yml", Sample.topology(replica: "third"))
    #expect(world.run("render", "--check") == 1)
    #expect(world.output.hasSuffix("hint: Run \"pgtopo render topology.yml\".\n"))
  }

  @Test func reportsASecretThatOthersMayReadAndRepairsIt() {
    world.run("render")
    world.put("\(folder)/db.env", world.text("\(folder)/db.env") ?? "", mode: 0o644)
    #expect(world.run("render", "--check") == 0)
    #expect(
      world.output == "readable by others: output/demo/db.env\noutput/demo is up to date\n")
    #expect(world.run("render") == 0)
    #expect(world.journal == ["write \(folder)/db.env"])
    #expect(world.mode("\(folder)/db.env") == 0o600)
  }
}
