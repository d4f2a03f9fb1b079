/// What the tag of an image says of the server inside.
extension PostgresImage {
  /// The version that the tag names: `17.6` of `postgres:17.6-bookworm`, `17` of
  /// `timescale/timescaledb:2.17.2-pg17`. Nil where tags do not say.
  package var taggedVersion: (major: PostgresMajor, minor: Int?)? {
    guard let text = versionText, let major = text.split(separator: ".").first.flatMap({ Int($0) })
    else { return nil }
    let parts = text.split(separator: ".")
    return (PostgresMajor(major), parts.count > 1 ? Int(parts[1]) : nil)
  }

  /// The same image with another version in its tag; what else the tag says stays.
  package func replacingVersion(with version: String) -> String {
    guard let tag, let text = versionText else { return "\(repository):\(version)" }
    return "\(repository):\(tag[..<text.startIndex])\(version)\(tag[text.endIndex...])"
  }

  /// Whether the tag is one of the official image's: the version, then perhaps a suite.
  package var isTaggedLikeOfficial: Bool {
    ["postgres", "postgresql", "postgis"].contains(repository.split(separator: "/").last)
  }

  /// Where the tag names the version: at its start where tags are the official image's, else
  /// in a part such as `pg17`.
  private var versionText: Substring? {
    guard let tag else { return nil }
    if isTaggedLikeOfficial { return Self.version(at: tag[...]) }
    return tag.split(separator: "-").lazy.compactMap { part in
      part.hasPrefix("pg") ? Self.version(at: part.dropFirst(2)) : nil
    }.first
  }

  /// Digits, and more digits after a dot.
  private static func version(at text: Substring) -> Substring? {
    let digits = text.prefix { $0.isASCII && $0.isNumber }
    guard (1...3).contains(digits.count) else { return nil }
    let rest = text[digits.endIndex...]
    guard rest.first == "." else { return digits }
    let minor = rest.dropFirst().prefix { $0.isASCII && $0.isNumber }
    guard (1...3).contains(minor.count) else { return digits }
    return text[digits.startIndex..<minor.endIndex]
  }
}
