import Foundation
import TestSupport
import Testing

/// The how-tos name files and symbols that exist, and say how many edits it takes.
@Suite struct HowToTests {
  private static let folder = Repository.root.appendingPathComponent("Documentation/contributing")

  private func page(_ name: String) throws -> String {
    try String(contentsOf: Self.folder.appendingPathComponent("\(name).md"), encoding: .utf8)
      .replacing(/\s+/, with: " ")
  }

  @Test(arguments: [
    ("adding-a-command", 2), ("adding-a-node-key", 4), ("adding-a-rendered-file", 2),
    ("adding-a-rule", 2), ("adding-a-target", 2),
  ])
  func namesWhatThereIsAndTakesFewEdits(_ name: String, _ edits: Int) throws {
    let text = try page(name)
    let paths = text.matches(of: /`([A-Z][A-Za-z]+\/[^`]+|[A-Z]+\.md)`/).map { String($0.1) }
    #expect(!paths.isEmpty)
    for path in paths {
      // A file that somebody is going to write must be in an existing folder.
      let known = path.split(separator: "<")[0].split(
        separator: "/", omittingEmptySubsequences: false)
      let file = path.contains("<") ? known.dropLast().joined(separator: "/") : path
      #expect(
        FileManager.default.fileExists(atPath: Repository.root.appendingPathComponent(file).path),
        "\(name): \(path)")
    }
    let symbols = text.matches(of: /`([^`]+)` in `([^`]+)`/).map { (String($0.1), String($0.2)) }
    #expect(symbols.count >= 2, "\(name)")
    for (symbol, path) in symbols {
      let file = Repository.root.appendingPathComponent(path)
      #expect(
        try String(contentsOf: file, encoding: .utf8).contains(symbol), "\(name): \(symbol)")
    }
    #expect(text.contains(" \(edits). ") && !text.contains(" \(edits + 1). "), "\(name)")
  }
}
