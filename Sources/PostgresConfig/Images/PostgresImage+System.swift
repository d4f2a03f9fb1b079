/// What an image's tag says of the operating system inside, which sorts the texts.
extension PostgresImage {
  package enum LibC: String, Hashable, Sendable { case glibc, musl }

  /// The C library, where tags are the official image's: those of Alpine Linux say so.
  package var libc: LibC? {
    guard isTaggedLikeOfficial, let tag else { return nil }
    return parts(of: tag).contains { $0.hasPrefix("alpine") } ? .musl : .glibc
  }

  /// The release of Debian, such as `bookworm`; nil where the tag names none, since what it
  /// then is changes.
  package var debianRelease: String? {
    guard isTaggedLikeOfficial, let tag else { return nil }
    return parts(of: tag).map(String.init).first { Self.debianReleases.contains($0) }
  }

  private func parts(of tag: String) -> [Substring] {
    tag.split(separator: "-").dropFirst().map(\.self)
  }

  private static let debianReleases: Set = [
    "stretch", "buster", "bullseye", "bookworm", "trixie", "forky",
  ]
}
