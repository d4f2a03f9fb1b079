extension ArraySlice<UInt8> {
  /// The bytes that a quoted value means: without its quotes, with `\n`, `\t`, octal digits
  /// and the like replaced (`DeescapeQuotedString` in guc-file.l).
  var confUnquoted: [UInt8] {
    let text = Array(dropFirst().dropLast())
    var result: [UInt8] = []
    var index = 0
    while index < text.count {
      let byte = text[index]
      index += 1
      if byte == UInt8(ascii: "'") {
        // The second of two.
        index += 1
        result.append(byte)
      } else if byte == UInt8(ascii: "\\"), index < text.count {
        result.append(Self.escape(in: text, at: &index))
      } else {
        result.append(byte)
      }
    }
    return result
  }

  private static func escape(in text: [UInt8], at index: inout Int) -> UInt8 {
    let digits = text[index...].prefix(3).prefix { (0x30...0x37).contains($0) }
    guard digits.isEmpty else {
      index += digits.count
      return digits.reduce(0) { ($0 << 3) &+ ($1 - 0x30) }
    }
    let byte = text[index]
    index += 1
    switch byte {
    case UInt8(ascii: "b"): return 0x08
    case UInt8(ascii: "f"): return 0x0C
    case UInt8(ascii: "n"): return 0x0A
    case UInt8(ascii: "r"): return 0x0D
    case UInt8(ascii: "t"): return 0x09
    default: return byte
    }
  }
}

extension String {
  var isBlank: Bool { utf8.allSatisfy { " \t\r\n".utf8.contains($0) } }
}

/// Paths as text.
enum ConfPath {
  /// A name as it is meant in a file: relative to the folder of that file
  /// (`AbsoluteConfigLocation` in conffiles.c).
  static func resolve(_ name: String, from file: String) -> String {
    if name.hasPrefix("/") { return canonical(name) }
    let folder = file.split(separator: "/", omittingEmptySubsequences: false).dropLast()
    let path = join(folder.joined(separator: "/"), name, isAtRoot: file.hasPrefix("/"))
    return canonical(String(decoding: path.utf8.prefix(ConfigPath.maximumLength), as: UTF8.self))
  }

  static func join(_ folder: String, _ name: String) -> String {
    folder.isEmpty ? name : folder + "/" + name
  }

  private static func join(_ folder: String, _ name: String, isAtRoot: Bool) -> String {
    folder.isEmpty && isAtRoot ? "/" + name : join(folder, name)
  }

  /// Without `.`, doubled slashes, and `..` behind a name (`canonicalize_path` in path.c).
  private static func canonical(_ path: String) -> String {
    var names: [Substring] = []
    for name in path.split(separator: "/") where name != "." {
      if name == "..", let last = names.last, last != ".." {
        names.removeLast()
      } else if name != ".." || !path.hasPrefix("/") {
        names.append(name)
      }
    }
    let joined = names.joined(separator: "/")
    return path.hasPrefix("/") ? "/" + joined : joined.isEmpty ? "." : joined
  }
}
