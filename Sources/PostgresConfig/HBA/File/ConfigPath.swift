/// How PostgreSQL makes the path of a file that a configuration file names
/// (`AbsoluteConfigLocation` in conffiles.c, `canonicalize_path` in path.c).
package enum ConfigPath {
  /// A relative name starts at the folder of the file that names it.
  package static func absolute(_ name: String, namedIn file: String) -> String {
    guard name.utf8.first != UInt8(ascii: "/") else { return name }
    let path = join(folder(of: file), name)
    return canonical(HBAText.decode(HBAText.encode(path).prefix(maximumLength)))
  }

  /// MAXPGPATH less its NUL: what is beyond is cut off.
  static let maximumLength = 1023

  /// A name in a folder; an empty folder is the current one.
  package static func join(_ folder: String, _ name: String) -> String {
    if folder.isEmpty { return name }
    return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
  }

  /// All before the last slash.
  private static func folder(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return "" }
    return slash == path.startIndex ? "/" : String(path[..<slash])
  }

  /// Without doubled slashes, `.`, a slash at the end, and `..` where a name is before it.
  private static func canonical(_ path: String) -> String {
    let isRooted = path.hasPrefix("/")
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
}
