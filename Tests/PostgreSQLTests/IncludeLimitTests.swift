import Synchronization
import Testing

@testable import PostgreSQL

/// Files that include themselves or each other several times: a server reads each line of
/// them again, ten deep. The tests count what is read; without a limit they never end.
@Suite struct IncludeLimitTests {
  private static let limit = "maximum of 1000 files in all exceeded"

  /// Files of the same content under every name, and how many were read.
  private final class Library: Sendable {
    private let counts = Mutex((files: 0, bytes: 0))
    private let content: [UInt8]
    private let names: [String]

    init(_ content: String, folder names: [String] = ["x.conf", "y.conf", "z.conf"]) {
      (self.content, self.names) = (Array(content.utf8), names)
    }

    var files: IncludedFiles {
      IncludedFiles(
        read: { _ in
          self.counts.withLock { $0 = ($0.files + 1, $0.bytes + self.content.count) }
          return self.content
        },
        list: { _ in self.names })
    }

    var readFiles: Int { counts.withLock { $0.files } }
    var readBytes: Int { counts.withLock { $0.bytes } }
  }

  /// Each line once for each number of times; `b` in a file called `a` is another file.
  static let confLines = [
    "include 'b'\ninclude 'c'\n", "include_if_exists 'b'\ninclude_if_exists 'c'\n",
    "include_dir 'd'\n", "include 'b'\ninclude_dir 'd'\ninclude_if_exists c\n",
  ]

  @Test(arguments: confLines, [3, 8])
  func postgresqlConfIsReadABoundedNumberOfTimes(_ lines: String, _ count: Int) throws {
    let library = Library(String(repeating: lines, count: count))
    let conf = ConfFile(path: "/a", files: library.files)
    #expect(library.readFiles <= 1000)
    #expect(conf.hasFaults)
    let message = try #require(conf.messages.first { $0.text.hasSuffix(Self.limit) })
    #expect(message.text.hasPrefix("could not open configuration file \"/"))
    #expect(message.isRefusal)
    #expect(try #require(message.place).range.isEmpty == false)
  }

  static let hbaLines = [
    "include b\n", "include_if_exists b\n", "include_dir d\n", "local all @b trust\n",
    "local @b,@c all trust\n", "local all @b trust\ninclude c\ninclude_dir d\n",
  ]

  @Test(arguments: hbaLines, [4, 8])
  func pgHBAConfIsReadABoundedNumberOfTimes(_ lines: String, _ count: Int) throws {
    let library = Library(String(repeating: lines, count: count))
    let rules = HBAFileRules(reading: "/a", major: 18, files: library.files)
    #expect(library.readFiles <= 1000)
    #expect(!rules.loads)
    #expect(rules.rows.contains { $0.error?.contains(Self.limit) == true })
  }

  /// Before 16 there is only `@`.
  @Test func pgHBAConfOfOlderMajorsIsReadABoundedNumberOfTimes() {
    let library = Library(String(repeating: "local all @b,@c trust\n", count: 8))
    let rules = HBAFileRules(reading: "/a", major: 15, files: library.files)
    #expect(library.readFiles <= 1000)
    #expect(!rules.loads)
  }

  /// The first file does not count, and no more is read than one file beyond the limit.
  @Test func bytesAreBoundedInAll() throws {
    let library = Library(String(repeating: "#", count: 1 << 20))
    var allowance = IncludedFiles.Allowance()
    for _ in 0..<17 { #expect(throws: Never.self) { try allowance.read("a", of: library.files) } }
    for _ in 0..<3 {
      #expect(throws: IncludedFiles.ReadError.tooMuch("maximum of 16 MB in all exceeded")) {
        try allowance.read("a", of: library.files)
      }
    }
    #expect(library.readBytes == 17 << 20)
  }

  /// What somebody has is read.
  @Test func manyFilesAreRead() {
    let names = (0..<900).map { "f\($0).conf" }
    let files = IncludedFiles(
      read: { Array(($0 == "/a" ? "include_dir 'd'\n" : "work_mem = 1MB\n").utf8) },
      list: { _ in names })
    let conf = ConfFile(path: "/a", files: files)
    #expect(!conf.hasFaults)
    #expect(conf.sources.count == 901)
  }
}
