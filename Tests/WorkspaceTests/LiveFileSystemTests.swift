import Foundation
import SourceText
import TestSupport
import Testing

@testable import Workspace

/// What a real disk does.
@Suite final class LiveFileSystemTests {
  private let temporary: TemporaryFolder
  private let files = FileSystem.live

  init() throws { temporary = try TemporaryFolder() }

  deinit { temporary.remove() }

  private var folder: String { temporary.url.path }

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

  /// Opening a pipe waits for somebody to write into it, and a device may have no end.
  @Test func readsRegularFilesOnly() throws {
    let pipe = Path.join(folder, "pipe")
    #expect(mkfifo(pipe, 0o600) == 0)
    for path in [pipe, "/dev/zero", "/dev/null"] {
      #expect(throws: FileError("it is not a regular file")) { try files.read(path) }
      #expect(throws: FileError("it is not a regular file")) { try files.readNamed(path) }
    }
  }

  /// What a shell's `<(…)` hands over is a pipe that is open already.
  @Test func readsADescriptorThatTheUserNamed() throws {
    let pipe = Pipe()
    try pipe.fileHandleForWriting.write(contentsOf: Data([1, 2, 3]))
    try pipe.fileHandleForWriting.close()
    let path = "/dev/fd/\(pipe.fileHandleForReading.fileDescriptor)"
    #expect(throws: FileError("it is not a regular file")) { try files.read(path) }
    #expect(try files.readNamed(path) == [1, 2, 3])
  }

  @Test func readsNoMoreThanItsLimit() throws {
    let path = Path.join(folder, "a")
    try files.write(path, [1], 0o600)
    #expect(truncate(path, off_t(FileError.largest)) == 0)
    #expect(try files.read(path).count == FileError.largest)
    #expect(truncate(path, off_t(FileError.largest) + 1) == 0)
    #expect(throws: FileError("it is larger than 64 MiB")) { try files.read(path) }
  }
}
