import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender

/// The examples and their committed renders, which are golden files and a gallery at once.
struct GoldenTests {
  @Test(arguments: Repository.examples)
  func everyExampleRendersToItsOutput(_ example: String) throws {
    let files = try render(example)
    let output = Repository.root.appending(path: "output/\(example)")
    if ProcessInfo.processInfo.environment["PGTOPO_UPDATE_GOLDEN"] != nil {
      try record(files, in: output)
      Issue.record("recorded output/\(example): run again without PGTOPO_UPDATE_GOLDEN")
      return
    }
    for file in files {
      let committed = try? String(contentsOf: output.appending(path: file.path), encoding: .utf8)
      #expect(
        committed == file.contents,
        "output/\(example)/\(file.path) is stale: run PGTOPO_UPDATE_GOLDEN=1 swift test")
      #expect(
        FileManager.default.isExecutableFile(atPath: output.appending(path: file.path).path())
          == (file.access == .executable), "\(file.path)")
    }
  }

  @Test func nothingButRendersIsInOutput() throws {
    let expected = try Repository.examples.flatMap { example in
      try render(example).map { "\(example)/\($0.path)" } + ["\(example)/.pgtopo-manifest"]
    }
    // Files that the scripts of a render leave beside it are not committed.
    let found = Repository.files(below: Repository.root.appending(path: "output"))
      .filter { !$0.hasSuffix("/.pgtopo-actual") }
    #expect(Set(found).subtracting(expected).sorted() == [])
  }

  @Test(arguments: Repository.examples)
  func renderingTwiceGivesTheSameBytes(_ example: String) throws {
    #expect(try render(example) == render(example))
  }

  private func render(_ example: String) throws -> [OutputFile] {
    let url = Repository.root.appending(path: "examples/\(example)/topology.yml")
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: "topology.yml", bytes: Array(try Data(contentsOf: url)))
    let topology = ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [])
    return RenderTarget.compose.render(
      try #require(topology),
      RenderContext(sourceFolder: "../../examples/\(example)", sourceName: "topology.yml"))
  }

  private func record(_ files: [OutputFile], in folder: URL) throws {
    for file in files {
      let url = folder.appending(path: file.path)
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      try Data(file.contents.utf8).write(to: url)
      try FileManager.default.setAttributes(
        [.posixPermissions: file.access == .executable ? 0o755 : 0o644], ofItemAtPath: url.path())
    }
  }
}
