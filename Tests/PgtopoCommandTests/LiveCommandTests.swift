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

  /// Whatever a manifest from somebody else says.
  @Test func removesNothingOutsideOfTheFolder() throws {
    var environment = Environment.live
    environment.currentFolder = folder
    environment.write = { _, _ in }
    try files.write(Path.join(folder, "topology.yml"), Array(Sample.clean.utf8), 0o644)
    #expect(Pgtopo.run(["render"], in: environment) == 0)
    let victim = folder + "/output/\u{301}victim"
    try Data("x".utf8).write(to: URL(fileURLWithPath: victim))
    let line = "\(Fingerprint(of: "x".utf8))  ../\u{301}victim\n"
    let manifest = Path.join(folder, "output/demo/.pgtopo-manifest")
    try files.write(manifest, try files.read(manifest) + Array(line.utf8), 0o600)
    #expect(Pgtopo.run(["render"], in: environment) == 0)
    #expect(try files.read(victim) == Array("x".utf8))
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

  /// What somebody put into the folder instead of a file is told, and does not keep the
  /// command from the rest.
  @Test func oneEntryThatIsNoFileIsOneMessage() throws {
    let told = MemoryWorld()
    var environment = told.environment
    (environment.files, environment.currentFolder) = (files, folder)
    func run(_ line: [String]) -> Int32 {
      told.change { ($0.output, $0.errors) = ("", "") }
      return Pgtopo.run(line, in: environment)
    }
    let broken = Sample.clean.replacing("172.22.0.0/24", with: "172.22.0.9/24")
    try files.write(Path.join(folder, "a.pgtopo.yml"), Array(broken.utf8), 0o644)
    #expect(mkfifo(Path.join(folder, "topology.yml"), 0o600) == 0)
    #expect(symlink("b.pgtopo.yml", Path.join(folder, "b.pgtopo.yml")) == 0)
    #expect(symlink("nowhere", Path.join(folder, "c.pgtopo.yml")) == 0)
    let reasons = """
      pgtopo: could not read file "b.pgtopo.yml": Too many levels of symbolic links
      pgtopo: could not read file "c.pgtopo.yml": No such file or directory
      pgtopo: could not read file "topology.yml": it is not a regular file

      """
    #expect(run(["lint"]) == 2)
    #expect(told.errors == reasons)
    #expect(told.output.contains("a.pgtopo.yml:"))

    let refusal = "pgtopo: could not read file \"topology.yml\": it is not a regular file\n"
    for line in [
      ["lint", "topology.yml"], ["render", "topology.yml"], ["hba", "matrix", "topology.yml"],
      ["lint", "--baseline", "topology.yml", "a.pgtopo.yml"],
      ["lint", "--config", "topology.yml", "a.pgtopo.yml"],
      ["check", "--kind", "conf", "topology.yml"], ["check", "--kind", "hba", "topology.yml"],
      ["hba", "matrix", "--file", "topology.yml"],
    ] {
      #expect(run(line) == 2)
      #expect(told.errors == refusal, "\(line)")
    }

    try files.write(
      Path.join(folder, "postgresql.conf"), Array("include 'topology.yml'\n".utf8), 0o644)
    try files.write(Path.join(folder, "pg_hba.conf"), Array("include topology.yml\n".utf8), 0o644)
    for file in ["postgresql.conf", "pg_hba.conf"] {
      #expect(run(["check", file]) == 1)
      #expect(told.output.contains("it is not a regular file"))
    }

    #expect(mkfifo(Path.join(folder, ".pgtopo.yml"), 0o600) == 0)
    #expect(run(["lint", "a.pgtopo.yml"]) == 2)
    #expect(
      told.errors
        == "pgtopo: could not read file \".pgtopo.yml\": it is not a regular file\n")
  }
}
