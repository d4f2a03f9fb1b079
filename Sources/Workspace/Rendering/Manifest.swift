import Diagnostics
import SourceText

/// What pgtopo wrote into a folder, as recorded in the folder itself.
///
/// It decides what may be overwritten and what may be removed: only files that still are
/// what pgtopo wrote. It is itself a file like the others and can be committed with them.
struct Manifest: Hashable, Sendable {
  static let name = ".pgtopo-manifest"
  static let mode: UInt32 = 0o600

  private static let heading =
    "# Files that pgtopo wrote here, so that it never overwrites yours. Keep it beside them.\n"

  /// A path may have two fingerprints: those of the old and the new contents, while a
  /// render is under way. If it is interrupted, the next one knows both as its own.
  private var fingerprints: [String: Set<Fingerprint>] = [:]

  init() {}

  /// Reads the text of a manifest. Lines that make no sense record nothing, so a damaged
  /// manifest leads to a refusal and never to a loss.
  init(_ text: String) {
    // By bytes: to Swift, a slash or a blank with a combining accent is another character.
    for line in text.utf8.split(whereSeparator: { "\n\r".utf8.contains($0) }) {
      let path = String(Substring(line.dropFirst(18)))
      guard let fingerprint = Fingerprint(Substring(line.prefix(16))),
        line.dropFirst(16).starts(with: "  ".utf8), Self.isInside(path)
      else { continue }
      record(path, fingerprint)
    }
  }

  mutating func record(_ path: String, _ fingerprint: Fingerprint) {
    fingerprints[path, default: []].insert(fingerprint)
  }

  /// Records what the other manifest records too.
  mutating func formUnion(_ other: Manifest) {
    fingerprints.merge(other.fingerprints) { $0.union($1) }
  }

  /// Takes over everything that the other manifest knows of a path.
  mutating func keep(_ path: String, from other: Manifest) {
    fingerprints[path] = other.fingerprints[path]
  }

  /// Every recorded path, sorted.
  var paths: [String] { fingerprints.keys.sorted() }

  func contains(_ path: String) -> Bool { fingerprints[path] != nil }

  /// Whether pgtopo wrote exactly this.
  func contains(_ path: String, _ fingerprint: Fingerprint) -> Bool {
    fingerprints[path]?.contains(fingerprint) ?? false
  }

  var text: String {
    Self.heading
      + paths.flatMap { path in
        (fingerprints[path] ?? []).sorted().map { "\($0)  \(path)\n" }
      }.joined()
  }

  /// Whether a path leads to something below the folder: a manifest may come from
  /// somebody else, and what it records may be removed.
  private static func isInside(_ path: String) -> Bool {
    let parts = path.utf8.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false)
    return path != name
      && parts.allSatisfy { part in
        !part.isEmpty && !part.elementsEqual(".".utf8) && !part.elementsEqual("..".utf8)
      }
  }
}
