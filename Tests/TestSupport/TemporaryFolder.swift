package import Foundation

/// A new folder for the files of one test.
package struct TemporaryFolder: Sendable {
  package let url: URL

  package init() throws {
    url = FileManager.default.temporaryDirectory
      .appendingPathComponent("pgtopo-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: url, withIntermediateDirectories: true)
  }

  /// Writes a file and the folders that it needs. The path is used byte by byte: URLs would
  /// change some names.
  @discardableResult
  package func write(_ text: String, to path: String) throws -> URL {
    let target = url.path + "/" + path
    let folder = target.utf8.lastIndex(of: UInt8(ascii: "/")).map { String(target[..<$0]) }
    try FileManager.default.createDirectory(
      atPath: folder ?? url.path, withIntermediateDirectories: true)
    try Data(text.utf8).write(to: URL(fileURLWithPath: target))
    return URL(fileURLWithPath: target)
  }

  package func remove() { try? FileManager.default.removeItem(at: url) }
}
