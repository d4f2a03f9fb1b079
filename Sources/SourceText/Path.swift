/// Paths as text: nothing here accesses a disk.
package enum Path {
  /// The path without `.`, doubled slashes, a slash at the end, and `..` after a name, as
  /// PostgreSQL's `canonicalize_path` in path.c returns it. `.` if nothing is left.
  ///
  /// `..` removes the name before it, going by the text alone; if that name is a symbolic
  /// link, the system would go elsewhere.
  package static func canonical(_ path: String) -> String {
    let isRooted = path.utf8.first == UInt8(ascii: "/")
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else if name != ".." || !isRooted {
        names.append(name)
      }
    }
    let text = names.joined(separator: "/")
    return isRooted ? "/" + text : text.isEmpty ? "." : text
  }

  /// The canonical absolute path.
  /// - Parameter folder: where a relative path starts; absolute.
  package static func absolute(_ path: String, in folder: String) -> String {
    canonical(path.hasPrefix("/") ? path : "\(folder)/\(path)")
  }

  /// The relative path from a folder to a path; both are absolute and canonical. `.` if
  /// they are the same.
  package static func relative(from folder: String, to path: String) -> String {
    let from = folder.split(separator: "/")
    let to = path.split(separator: "/")
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: from.count - shared)
    let names = up + to.dropFirst(shared)
    return names.isEmpty ? "." : names.joined(separator: "/")
  }

  /// The shortest way to write an absolute path when working in that folder.
  package static func display(_ path: String, in folder: String) -> String {
    let relative = relative(from: folder, to: path)
    return relative.utf8.count <= path.utf8.count ? relative : path
  }

  /// The name after the last slash.
  package static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// The part before the last name: `.` for a name alone.
  package static func folder(of path: String) -> String {
    let trimmed = path.trimmingSlashes
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    let folder = String(trimmed[..<slash]).trimmingSlashes
    return folder.isEmpty ? "/" : folder
  }

  /// A name in a folder; the folder itself if the name is empty.
  package static func join(_ folder: String, _ name: String) -> String {
    if name.isEmpty { return folder }
    if folder == "." { return name }
    return folder == "/" ? "/\(name)" : "\(folder.trimmingSlashes)/\(name)"
  }

  /// Whether one path is the other or lies in it; both are canonical.
  package static func isSame(_ path: String, asOrInside folder: String) -> Bool {
    if folder == "." { return path.first != "/" && path != ".." && !path.hasPrefix("../") }
    return path == folder || path.hasPrefix(folder == "/" ? folder : folder + "/")
  }
}

extension String {
  /// The path without slashes at the end, except for the root.
  fileprivate var trimmingSlashes: String {
    var text = self[...]
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}
