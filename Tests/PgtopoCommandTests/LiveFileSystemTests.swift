import Foundation
import SourceText
import Testing

@testable import PgtopoCommand

/// The same on a real disk.
@Suite final class LiveFileSystemTests {
  private let folder: String
  private let files = FileSystem.live

  init() throws {
    let url = FileManager.default.temporaryDirectory.appending(path: "pgtopo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
    folder = url.path()
  }

  deinit { try? FileManager.default.removeItem(atPath: folder) }

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

  @Test func replacesAFileWholeWithItsMode() throws {
    let path = Path.join(folder, "a")
    try files.write(path, [1, 2, 3], 0o644)
    let open = try #require(FileHandle(forReadingAtPath: path))
    try files.write(path, [4], 0o600)
    // A reader that had the old file open still reads the old contents.
    #expect(try open.readToEnd() == Data([1, 2, 3]))
    #expect(try files.read(path) == [4])
    #expect(try files.kind(path) == .file(mode: 0o600))
    #expect(try files.list(folder) == ["a"])
  }

  @Test func usesUpWhatAnInterruptedWriteLeft() throws {
    try files.write(Path.join(folder, ".a.pgtopo-new"), [9], 0o644)
    try files.write(Path.join(folder, "a"), [1], 0o600)
    #expect(try files.list(folder) == ["a"])
  }

  @Test func leavesNothingOfAWriteThatFailed() throws {
    try files.makeFolder(Path.join(folder, "a/b"))
    #expect(throws: FileError("Is a directory")) {
      try files.write(Path.join(folder, "a"), [1], 0o600)
    }
    #expect(try files.list(folder) == ["a"])
  }

  @Test func tellsWhatLiesAtAPath() throws {
    let path = Path.join(folder, "a")
    try files.write(path, [], 0o640)
    #expect(symlink(path, path + ".link") == 0)
    #expect(mkfifo(path + ".pipe", 0o600) == 0)
    #expect(try files.kind(path) == .file(mode: 0o640))
    #expect(try files.kind(path + ".link") == .symbolicLink)
    #expect(try files.targetKind(path + ".link") == .file(mode: 0o640))
    #expect(try files.kind(path + ".pipe") == .other)
    #expect(try files.kind(folder) == .folder)
    #expect(try files.kind(path + "/below") == nil)
    #expect(try files.kind(path + ".none") == nil)
  }

  @Test func speaksTheSystemsWords() {
    #expect(throws: FileError("No such file or directory")) {
      try files.read(Path.join(folder, "none"))
    }
    #expect(throws: FileError("Is a directory")) { try files.read(folder) }
  }

  @Test func readsFilesOfAnySize() throws {
    let bytes = (0..<200_000).map { UInt8(truncatingIfNeeded: $0) }
    let path = Path.join(folder, "a")
    for count in [0, 1, 65_535, 65_536, 65_537, 200_000] {
      try files.write(path, Array(bytes.prefix(count)), 0o600)
      #expect(try files.read(path) == Array(bytes.prefix(count)))
    }
  }
}
