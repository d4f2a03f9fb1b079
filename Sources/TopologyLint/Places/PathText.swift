/// Paths as text: nothing here looks at a disk.
enum PathText {
  /// The parts of a path without `.`, doubled slashes and what `..` takes back; an absolute
  /// path begins with an empty part.
  static func parts(of path: String) -> [Substring] {
    var parts: [Substring] = path.hasPrefix("/") ? [""] : []
    for part in path.split(separator: "/") where part != "." {
      if part == "..", let last = parts.last, last != "..", !last.isEmpty {
        parts.removeLast()
      } else {
        parts.append(part)
      }
    }
    return parts
  }

  /// A place in a folder; the folder itself when the place is empty.
  static func join(_ folder: String, _ place: String) -> String {
    guard !place.isEmpty else { return folder }
    return folder.hasSuffix("/") ? folder + place : "\(folder)/\(place)"
  }
}
