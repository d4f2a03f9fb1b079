import SourceText

/// A reference to a container image: `repository[:tag][@digest]`.
///
/// The grammar is that of the OCI distribution specification, reference/reference.go of
/// distribution/reference: a colon before the last slash belongs to a registry's port.
package struct PostgresImage: Hashable, Sendable {
  /// Registry and path, such as `postgres` or `registry.example.com:5000/db/postgres`.
  package let repository: String
  /// The part after the colon, such as `17-bookworm`.
  package let tag: String?
  /// The part after the `@`, such as `sha256:…`.
  package let digest: String?

  /// Why a text is not an image reference.
  package enum ParseError: Error, Hashable, Sendable {
    case empty
    case invalidRepository(String)
    case invalidTag(String)
    case invalidDigest(String)
  }

  /// Whether the image behind the reference may change at any time, even to another major:
  /// there is no digest, and no tag or the tag `latest`.
  package var isFloating: Bool { digest == nil && (tag == nil || tag == "latest") }

  /// Parses a reference without looking anything up.
  package init(_ text: String) throws(ParseError) {
    guard !text.isEmpty else { throw .empty }
    var rest = Substring(text)
    var digest: String?
    if let at = rest.firstIndex(of: "@") {
      let part = String(rest[rest.index(after: at)...])
      guard Self.isDigest(part) else { throw .invalidDigest(part) }
      (digest, rest) = (part, rest[..<at])
    }
    var tag: String?
    let path = rest.lastIndex(of: "/").map(rest.index(after:)) ?? rest.startIndex
    if let colon = rest[path...].firstIndex(of: ":") {
      let part = String(rest[rest.index(after: colon)...])
      guard Self.isTag(part) else { throw .invalidTag(part) }
      (tag, rest) = (part, rest[..<colon])
    }
    guard Self.isRepository(rest) else { throw .invalidRepository(String(rest)) }
    (repository, self.tag, self.digest) = (String(rest), tag, digest)
  }

  /// Up to 128 letters, digits, `_`, `.` and `-`, not starting with `.` or `-`.
  private static func isTag(_ text: String) -> Bool {
    let bytes = Array(text.utf8)
    guard let first = bytes.first, bytes.count <= 128 else { return false }
    return (first.isASCIIWord || first == UInt8(ascii: "_"))
      && bytes.allSatisfy { $0.isASCIIWord || "_.-".utf8.contains($0) }
  }

  /// An algorithm, a colon, and at least 32 hexadecimal digits.
  private static func isDigest(_ text: String) -> Bool {
    let parts = text.utf8.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 2, let algorithm = parts.first, let value = parts.last else {
      return false
    }
    return !algorithm.isEmpty && algorithm.allSatisfy { $0.isASCIIWord || "+._-".utf8.contains($0) }
      && value.count >= 32 && value.allSatisfy(\.isASCIIHexDigit)
  }

  /// Components separated by slashes; only the first may be a registry, with upper case
  /// letters and a port.
  private static func isRepository(_ text: Substring) -> Bool {
    let components = text.split(separator: "/", omittingEmptySubsequences: false)
    return components.enumerated().allSatisfy { index, component in
      let isRegistry = index == 0 && components.count > 1
      let allowed = isRegistry ? "._-:[]" : "._-"
      guard let first = component.utf8.first, let last = component.utf8.last else { return false }
      return component.utf8.allSatisfy {
        ($0.isASCIIWord && (isRegistry || !$0.isASCIIUppercase)) || allowed.utf8.contains($0)
      }
        && (isRegistry || (first.isASCIIWord && last.isASCIIWord))
    }
  }
}

extension PostgresImage.ParseError: CustomStringConvertible {
  package var description: String {
    switch self {
    case .empty: "image reference is empty"
    case .invalidRepository(let text): "invalid repository \"\(text)\" in image reference"
    case .invalidTag(let text): "invalid tag \"\(text)\" in image reference"
    case .invalidDigest(let text): "invalid digest \"\(text)\" in image reference"
    }
  }
}

extension PostgresImage: CustomStringConvertible {
  package var description: String {
    repository + (tag.map { ":" + $0 } ?? "") + (digest.map { "@" + $0 } ?? "")
  }
}
