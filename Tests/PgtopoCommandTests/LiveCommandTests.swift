import Foundation
import PgtopoCommand
import SourceText
import TestSupport
import TestWorld
import Testing
import Workspace

/// Commands on a real disk.
@Suite final class LiveCommandTests {
  private let temporary: TemporaryFolder
  private let files = FileSystem.live

  init() throws { temporary = try TemporaryFolder() }

  deinit { temporary.remove() }

  private var folder: String { temporary.url.path }

  @Test func rendersChecksAndRemoves() throws {
    var environment = Environment.live
    environment.currentFolder = folder
    environment.write = { _, _ in }
    try files.write(Path.join(folder, "topology.yml"), Array(Sample.clean.utf8), 0o644)
    #expect(Pgtopo.run(["render"], in: environment) == 0)
    #expect(Pgtopo.run(["render", "--check"], in: environment) == 0)
    let output = Path.join(folder, "output/demo")
    #expect(try files.kind(Path.join(output, "db.env")) == .file(mode: 0o600))
    #expect(try files.kind(Path.join(output, "scripts/setup.sh")) == .file(mode: 0o755))
    #expect(try files.list(output).allSatisfy { !$0.contains("pgtopo-new") })
    try files.write(
      Path.join(folder, "topology.yml"), Array(Sample.topology(replica: "other").utf8), 0o644)
    #expect(Pgtopo.run(["render", "--check"], in: environment) == 1)
    #expect(Pgtopo.run(["render"], in: environment) == 0)
    #expect(try files.kind(Path.join(output, "replica")) == nil)
    try files.remove(Path.join(output, "db.env"))
    #expect(symlink("/etc/hostname", Path.join(output, "db.env")) == 0)
    #expect(Pgtopo.run(["render", "--force"], in: environment) == 2)
  }

  @Test func fixesWhatALinkLeadsToAndKeepsItsMode() throws {
    var environment = Environment.live
    environment.currentFolder = folder
    environment.write = { _, _ in }
    let text = Sample.clean.replacing("172.22.0.0/24", with: "172.22.0.9/24")
    let (file, link) = (Path.join(folder, "real.yml"), Path.join(folder, "topology.yml"))
    try files.write(file, Array(text.utf8), 0o640)
    #expect(symlink("real.yml", link) == 0)
    #expect(Pgtopo.run(["lint", "--diff", "topology.yml"], in: environment) == 1)
    #expect(try files.read(file) == Array(text.utf8))
    #expect(Pgtopo.run(["lint", "--fix", "topology.yml"], in: environment) == 0)
    #expect(try files.read(file) == Array(Sample.clean.utf8))
    #expect(try files.kind(file) == .file(mode: 0o640))
    #expect(try files.kind(link) == .symbolicLink)
    #expect(try files.list(folder).sorted() == ["real.yml", "topology.yml"])
  }
}
