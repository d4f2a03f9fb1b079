/// The passwords that a message must not show.
///
/// A message is most likely to quote the secrets at its own place, since decoders quote
/// what they could not read: there, every value is masked, and every name that relates to a
/// secret. Elsewhere in the file only long secrets are looked for, so that the password
/// "app" does not mask the user "app" in every message.
package struct SecretTexts: Sendable {
  package static let none = SecretTexts(here: [], elsewhere: SecretIndex([]))

  /// The secrets as written at the message's own place.
  private let here: [[UInt8]]
  private let elsewhere: SecretIndex

  package init(here: [[UInt8]], elsewhere: SecretIndex) {
    self.here = here.filter { !$0.isEmpty }
    self.elsewhere = elsewhere
  }

  var isEmpty: Bool { here.isEmpty && elsewhere.isEmpty }

  func areShown(byValue text: String) -> Bool {
    !here.isEmpty || !elsewhere.ranges(in: Array(text.utf8)).isEmpty
  }

  func areShown(byName text: String) -> Bool {
    let name = Array(text.utf8)
    if !elsewhere.ranges(in: name).isEmpty { return true }
    // Anybody who can read the file can read that name, whatever the password is.
    return !elsewhere.isInTheOpen(name)
      && here.contains { secret in
        // An escape stands for another character, so we do not know what the secret reads like.
        name == secret || secret.contains(UInt8(ascii: "\\"))
          || secret.count >= Self.shortest && name.contains(secret)
      }
  }

  /// A sentence without the secrets. A short one is recognised only between quotes.
  func masked(in text: String) -> String {
    let bytes = Array(text.utf8)
    var ranges = elsewhere.ranges(in: bytes)
    for secret in here { ranges += places(of: secret, in: bytes) }
    ranges.sort { $0.lowerBound < $1.lowerBound }
    var shown: [UInt8] = []
    var offset = 0
    for range in ranges where range.upperBound > offset {
      if range.lowerBound >= offset {
        shown += bytes[offset..<range.lowerBound] + Array(MessageWriter.mask.utf8)
      }
      offset = range.upperBound
    }
    return String(decoding: shown + bytes[offset...], as: UTF8.self)
  }

  /// Shorter ones occur in other words by chance.
  private static let shortest = 4

  private func places(of secret: [UInt8], in bytes: [UInt8]) -> [Range<Int>] {
    let quote = UInt8(ascii: "\"")
    let needle = secret.count < Self.shortest ? [quote] + secret + [quote] : secret
    let margin = (needle.count - secret.count) / 2
    return bytes.ranges(of: needle).map { $0.lowerBound + margin..<$0.upperBound - margin }
  }
}

/// The long secrets of a file, which are masked in any text.
package struct SecretIndex: Sendable {
  private static let prefix = 8

  private var byBeginning: [[UInt8]: [[UInt8]]] = [:]
  /// The words of the file outside its secrets.
  private let words: Set<ArraySlice<UInt8>>

  /// - Parameter secrets: Secrets of fewer than eight bytes are ignored.
  package init(_ secrets: some Sequence<[UInt8]>, beside words: Set<ArraySlice<UInt8>> = []) {
    self.words = words
    for secret in secrets where secret.count >= Self.prefix {
      byBeginning[Array(secret.prefix(Self.prefix)), default: []].append(secret)
    }
  }

  var isEmpty: Bool { byBeginning.isEmpty }

  /// Whether the file contains this word outside its secrets.
  func isInTheOpen(_ word: [UInt8]) -> Bool { words.contains(word[...]) }

  func ranges(in text: [UInt8]) -> [Range<Int>] {
    guard !isEmpty, text.count >= Self.prefix else { return [] }
    return (0...text.count - Self.prefix).compactMap { start in
      byBeginning[Array(text[start..<start + Self.prefix])]?
        .filter { text[start...].starts(with: $0) }.map(\.count).max()
        .map { start..<start + $0 }
    }
  }
}
