/// Paths as text: nothing here looks at a disk.
enum Path {
  /// The path from the root, without `.`, `..` and doubled slashes.
  ///
  /// `..` takes away the name before it, as the text says; where that name is a symbolic
  /// link, the system would go elsewhere.
  static func absolute(_ path: String, in folder: String) -> String {
    var names: [Substring] = []
    for name in (path.hasPrefix("/") ? path : "\(folder)/\(path)").split(separator: "/") {
      if name == ".." { _ = names.popLast() } else if name != "." { names.append(name) }
    }
    return "/" + names.joined(separator: "/")
  }

  /// How to get from a folder to a path; both absolute and normalised. `.` when they are
  /// the same.
  static func relative(from folder: String, to path: String) -> String {
    let from = folder.split(separator: "/")
    let to = path.split(separator: "/")
    let shared = zip(from, to).prefix { $0 == $1 }.count
    let up = Array(repeating: Substring(".."), count: from.count - shared)
    let names = up + to.dropFirst(shared)
    return names.isEmpty ? "." : names.joined(separator: "/")
  }

  /// The shortest way to write an absolute path for somebody in that folder.
  static func display(_ path: String, in folder: String) -> String {
    let relative = relative(from: folder, to: path)
    return relative.utf8.count <= path.utf8.count ? relative : path
  }

  /// The name after the last slash.
  static func name(of path: String) -> String {
    path.split(separator: "/").last.map(String.init) ?? path
  }

  /// What stands before the last name: `.` for a name alone.
  static func folder(of path: String) -> String {
    let trimmed = path.trimmingSlashes
    guard let slash = trimmed.lastIndex(of: "/") else { return "." }
    let folder = String(trimmed[..<slash]).trimmingSlashes
    return folder.isEmpty ? "/" : folder
  }

  static func join(_ folder: String, _ name: String) -> String {
    if folder == "." { return name }
    return folder == "/" ? "/\(name)" : "\(folder.trimmingSlashes)/\(name)"
  }
}

extension String {
  /// Without slashes at the end, but for the root.
  fileprivate var trimmingSlashes: String {
    var text = self[...]
    while text.count > 1, text.hasSuffix("/") { text.removeLast() }
    return String(text)
  }
}
