import Diagnostics
import SourceText
import TestWorld
import Testing
import TopologyRender

@testable import PgtopoCommand

/// A render never loses what somebody else wrote.
@Suite struct RenderSafetyTests {
  private let world = MemoryWorld(["/home/topology.yml": Sample.clean])
  private let folder = "/home/output/demo"

  @Test func stopsBeforeAFileOfSomebodyElse() {
    world.put("\(folder)/docker-compose.yml", "mine")
    #expect(world.run("render") == 1)
    #expect(world.journal == [])
    #expect(
      world.errors == """
        pgtopo: file "output/demo/docker-compose.yml" was not written by pgtopo
        hint: Nothing was written. Move away what you want to keep, then use "--force".

        """)
    #expect(world.run("render", "--check") == 1)
    #expect(world.output.contains("not written by pgtopo: output/demo/docker-compose.yml\n"))
    #expect(world.run("render", "--force") == 0)
    #expect(world.text("\(folder)/docker-compose.yml") != "mine")
  }

  @Test func stopsBeforeAnEditedFile() {
    world.run("render")
    world.put("\(folder)/primary/pg_hba.conf", "edited")
    #expect(world.run("render") == 1)
    #expect(world.errors.contains("file \"output/demo/primary/pg_hba.conf\" was edited by hand\n"))
    #expect(world.journal == [])
    #expect(world.run("render", "--dry-run") == 1)
    #expect(world.run("render", "--force") == 0)
    #expect(world.text("\(folder)/primary/pg_hba.conf") != "edited")
  }

  @Test func leavesOtherFilesAlone() {
    world.put("\(folder)/docker-compose.override.yml", "mine")
    world.put("\(folder)/replica/notes.txt", "mine")
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render", "--force") == 0)
    #expect(world.text("\(folder)/docker-compose.override.yml") == "mine")
    #expect(world.text("\(folder)/replica/notes.txt") == "mine")
    #expect(world.text("\(folder)/replica/pg_hba.conf") == nil)
  }

  @Test func removesWhatItNoLongerRenders() {
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render") == 0)
    #expect(world.output.contains(", 2 removed\n"))
    #expect(world.entries["\(folder)/replica"] == nil)
    #expect(world.text("\(folder)/other/pg_hba.conf") != nil)
    #expect(world.run("render", "--check") == 0)
  }

  @Test func keepsAnEditedLeftoverUntilForced() {
    world.run("render")
    world.put("\(folder)/replica/pg_hba.conf", "edited")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    #expect(world.run("render") == 0)
    #expect(
      world.output.hasPrefix(
        "kept, because it was edited by hand: output/demo/replica/pg_hba.conf\n"))
    #expect(world.text("\(folder)/replica/pg_hba.conf") == "edited")
    #expect(world.text("\(folder)/replica/postgresql.conf") == nil)
    #expect(world.run("render", "--check") == 1)
    #expect(world.run("render", "--force") == 0)
    #expect(world.entries["\(folder)/replica"] == nil)
  }

  @Test func refusesWhatNoFileCanReplace() {
    world.put("\(folder)/db.env", .folder)
    world.put("\(folder)/scripts", .link("/home"))
    world.put("\(folder)/docker-compose.yml", .pipe)
    #expect(world.run("render", "--force") == 2)
    #expect(world.journal == [])
    #expect(world.errors.contains("a folder is in the way at \"output/demo/db.env\"\n"))
    #expect(world.errors.contains("a symbolic link is in the way at \"output/demo/scripts\"\n"))
    #expect(
      world.errors.contains(
        "a pipe, socket or device is in the way at \"output/demo/docker-compose.yml\"\n"))
    #expect(world.run("render", "--check") == 1)
    #expect(world.output.contains("in the way: output/demo/db.env\n"))
    #expect(!world.output.contains("missing: output/demo/db.env"))
  }

  @Test func refusesAFileInPlaceOfTheFolder() {
    world.put(folder, "mine")
    #expect(world.run("render", "--force") == 2)
    #expect(world.errors == "pgtopo: could not write into \"output/demo\": Not a directory\n")
    #expect(world.text(folder) == "mine")
  }

  @Test func followsALinkThatTheOutputFolderIs() {
    world.put("/srv/db", .folder)
    world.put(folder, .link("/srv/db"))
    #expect(world.run("render", "--dry-run") == 0)
  }

  @Test func neverRemovesWhatAForgedManifestNames() {
    world.put("/home/output/precious", "mine")
    world.put(
      "\(folder)/.pgtopo-manifest",
      "\(Fingerprint(of: "mine".utf8))  ../precious\n\(Fingerprint(of: "x".utf8))  link/a\n")
    world.put("/srv/a", "x")
    world.put("\(folder)/link", .link("/srv"))
    world.put("\(folder)/link/a", "x")
    #expect(world.run("render", "--force") == 0)
    #expect(world.text("/home/output/precious") == "mine")
    #expect(world.text("\(folder)/link/a") == "x")
  }

  /// Whatever was written when the power failed, the next render needs no force, even if
  /// the topology was changed in between.
  @Test func goesOnAfterAnInterruptionAtAnyPoint() {
    world.run("render")
    let changes = Self.interrupted(after: .max).journal.count
    #expect(changes > 10)
    for count in 0..<changes {
      let world = Self.interrupted(after: count)
      #expect(world.errors.contains("No space left on device"))
      world.change { $0.changesLeft = .max }
      world.put("/home/topology.yml", Sample.topology(replica: "third"))
      #expect(world.run("render") == 0, "after \(count) changes: \(world.errors)")
      #expect(world.entries["/home/output/demo/other"] == nil)
      #expect(world.entries["/home/output/demo/replica"] == nil)
      #expect(world.run("render", "--check") == 0)
    }
  }

  /// A folder in which the second of two renders stopped half-way.
  private static func interrupted(after count: Int) -> MemoryWorld {
    let world = MemoryWorld(["/home/topology.yml": Sample.clean])
    world.run("render")
    world.put("/home/topology.yml", Sample.topology(replica: "other"))
    world.change { $0.changesLeft = count }
    world.run("render")
    return world
  }

  @Test func saysWhichFileCouldNotBeWritten() {
    world.change { $0.refusals["\(folder)/db.env"] = "Permission denied" }
    #expect(world.run("render") == 2)
    #expect(world.errors == "pgtopo: could not write \"output/demo/db.env\": Permission denied\n")
  }
}
