/// What the tag of an image tells about the server inside.
extension PostgresImage {
  /// The version that the tag names: `17.6` for `postgres:17.6-bookworm`, `17` for
  /// `timescale/timescaledb:2.17.2-pg17`. Nil if the tag does not tell.
  package var taggedVersion: (major: PostgresMajor, minor: Int?)? {
    guard let text = versionText, let major = text.split(separator: ".").first.flatMap({ Int($0) })
    else { return nil }
    let parts = text.split(separator: ".")
    return (PostgresMajor(major), parts.count > 1 ? Int(parts[1]) : nil)
  }

  /// The same image with another version in its tag; the rest of the tag is kept.
  package func replacingVersion(with version: String) -> String {
    guard let tag, let text = versionText else { return "\(repository):\(version)" }
    return "\(repository):\(tag[..<text.startIndex])\(version)\(tag[text.endIndex...])"
  }

  /// Whether the tag looks like the official image's: the version, optionally followed by a suite.
  package var isTaggedLikeOfficial: Bool {
    ["postgres", "postgresql", "postgis"].contains(repository.split(separator: "/").last)
  }

  /// Where the tag names the version: at its start if it is like the official image's,
  /// otherwise in a part such as `pg17`.
  private var versionText: Substring? {
    guard let tag else { return nil }
    if isTaggedLikeOfficial { return Self.version(at: tag[...]) }
    return tag.split(separator: "-").lazy.compactMap { part in
      part.hasPrefix("pg") ? Self.version(at: part.dropFirst(2)) : nil
    }.first
  }

  /// Digits, optionally followed by a dot and more digits.
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
