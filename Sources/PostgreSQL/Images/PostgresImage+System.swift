/// What an image's tag tells about the operating system inside, which determines how text sorts.
extension PostgresImage {
  package enum LibC: String, Hashable, Sendable { case glibc, musl }

  /// The C library, for tags of the official image: Alpine Linux is named in the tag.
  package var libc: LibC? {
    guard isTaggedLikeOfficial, let tag else { return nil }
    return parts(of: tag).contains { $0.hasPrefix("alpine") } ? .musl : .glibc
  }

  /// The release of Debian, such as `bookworm`; nil if the tag names none, since the
  /// release may then change.
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
