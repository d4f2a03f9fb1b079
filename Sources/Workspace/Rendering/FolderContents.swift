import Diagnostics
import SourceText

/// What lies at certain paths of a folder.
struct FolderContents: Sendable {
  enum Entry: Hashable, Sendable {
    case file([UInt8], mode: UInt32)
    case folder
    case symbolicLink
    /// A pipe, socket or device.
    case other
  }

  /// By path; absent where there is nothing.
  private(set) var entries: [String: Entry] = [:]

  init(_ entries: [String: Entry] = [:]) { self.entries = entries }

  /// Looks at the paths and at the folders that they go through, which are read first:
  /// what lies behind a symbolic link is not in this folder.
  init(of place: RenderPlace, at paths: [String]) throws(CommandError) {
    for path in paths {
      var isReachable = true
      for parent in Self.folders(of: path) where isReachable {
        let entry = try place.entry(at: parent)
        if let entry { entries[parent] = entry }
        isReachable = entry == .folder
      }
      guard isReachable, let entry = try place.entry(at: path) else {
        continue
      }
      entries[path] = entry
    }
  }

  subscript(path: String) -> Entry? { entries[path] }

  /// The folders that a path goes through, the outermost first.
  static func folders(of path: String) -> [String] {
    var folders: [String] = []
    for name in path.utf8.split(separator: UInt8(ascii: "/")).map(Substring.init).dropLast() {
      folders.append(folders.last.map { "\($0)/\(name)" } ?? String(name))
    }
    return folders
  }
}

extension RenderPlace {
  fileprivate func entry(at path: String) throws(CommandError) -> FolderContents.Entry? {
    let (path, files) = (Path.join(folder, path), environment.files)
    do throws(FileError) {
      return switch try files.kind(path) {
      case .file(let mode): .file(try files.read(path), mode: mode)
      case .folder: .folder
      case .symbolicLink: .symbolicLink
      case .other: .other
      case nil: nil
      }
    } catch {
      throw refusal("could not read", path, error)
    }
  }
}
