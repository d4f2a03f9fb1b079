package import Foundation

/// The checkout that the tests run in.
package enum Repository {
  package static let root = URL(filePath: #filePath).deletingLastPathComponent()
    .deletingLastPathComponent().deletingLastPathComponent()

  /// The names of the folders in `examples`.
  package static let examples = folders(in: root.appending(path: "examples"))

  /// The paths of all files below a folder, relative to it and sorted.
  package static func files(below folder: URL) -> [String] {
    let prefix = folder.standardizedFileURL.path() + "/"
    let found = FileManager.default.enumerator(
      at: folder, includingPropertiesForKeys: [.isRegularFileKey])
    return (found?.compactMap { $0 as? URL } ?? [])
      .filter { (try? $0.resourceValues(forKeys: [.isRegularFileKey]).isRegularFile) == true }
      .map { String($0.standardizedFileURL.path().dropFirst(prefix.count)) }.sorted()
  }

  private static func folders(in folder: URL) -> [String] {
    let found = try? FileManager.default.contentsOfDirectory(
      at: folder, includingPropertiesForKeys: nil)
    return (found ?? []).filter(\.hasDirectoryPath).map(\.lastPathComponent).sorted()
  }
}
