import Diagnostics
import SourceText

/// The ranges of a file that are passwords, so that no report ever prints one.
///
/// They are found in the text, not in the decoded topology: a file that could not be read
/// is reported, too, and a password after a misspelt key is still a password. Rather too
/// much counts as a secret than too little.
package struct SecretRanges: Sendable {
  /// Sorted, without overlaps.
  private let ranges: [Range<Int>]

  package init(in bytes: [UInt8]) {
    var scanner = SecretScanner(bytes)
    scanner.scan()
    ranges = Self.merged(scanner.found + Self.passwordsInURLs(bytes))
  }

  /// The part of `scheme://user:password@host` between the colon and the at sign.
  private static func passwordsInURLs(_ bytes: [UInt8]) -> [Range<Int>] {
    var found: [Range<Int>] = []
    // The authority that the last slashes were in, which those inside of it share.
    var (end, lastAt) = (0, -1)
    for slash in bytes.indices.dropFirst(2)
    where bytes[slash] == UInt8(ascii: "/") && bytes[slash - 1] == UInt8(ascii: "/")
      && bytes[slash - 2] == UInt8(ascii: ":")
    {
      // If a slash in the password is not percent-encoded, this is not a URL, but it is
      // still a password.
      if slash >= end {
        let authority = bytes[(slash + 1)...].prefix { $0 > 0x20 && !"'\"".utf8.contains($0) }
        end = authority.endIndex
        lastAt = authority.lastIndex(of: UInt8(ascii: "@")) ?? -1
      }
      guard lastAt > slash,
        let colon = bytes[(slash + 1)..<lastAt].firstIndex(of: UInt8(ascii: ":")),
        colon + 1 < lastAt
      else { continue }
      found.append((colon + 1)..<lastAt)
    }
    return found
  }

  private static func merged(_ ranges: [Range<Int>]) -> [Range<Int>] {
    var result: [Range<Int>] = []
    for range in ranges.sorted(by: { $0.lowerBound < $1.lowerBound }) {
      if let last = result.last, range.lowerBound < last.upperBound {
        result[result.count - 1] = last.lowerBound..<max(last.upperBound, range.upperBound)
      } else {
        result.append(range)
      }
    }
    return result
  }

  /// The secret that contains the byte at this offset.
  package func range(at offset: Int) -> Range<Int>? {
    let next = index(after: offset)
    guard next > 0, ranges[next - 1].contains(offset) else { return nil }
    return ranges[next - 1]
  }

  /// The start of the first secret after this offset.
  func start(after offset: Int) -> Int? {
    let next = index(after: offset)
    return next < ranges.count ? ranges[next].lowerBound : nil
  }

  /// The secrets that overlap a range, as somebody would quote them.
  func texts(at range: SourceRange, of bytes: [UInt8]) -> [[UInt8]] {
    var texts: [[UInt8]] = []
    var next = index(after: range.lowerBound)
    if next > 0, ranges[next - 1].contains(range.lowerBound) { next -= 1 }
    while next < ranges.count, ranges[next].lowerBound < max(range.upperBound, range.lowerBound + 1)
    {
      texts += Self.readings(of: Array(bytes[ranges[next]]))
      next += 1
    }
    return texts
  }

  /// The secrets that occur nowhere else in the file: text that is in the open anyway need
  /// not be hidden from messages about other places.
  func index(of bytes: [UInt8]) -> SecretIndex {
    guard !ranges.isEmpty else { return SecretIndex([]) }
    var words: Set<ArraySlice<UInt8>> = []
    var start = 0
    for range in ranges + [bytes.count..<bytes.count] {
      words.formUnion(bytes[start..<max(start, range.lowerBound)].split { !$0.isWord })
      start = range.upperBound
    }
    return SecretIndex(
      ranges.flatMap { Self.readings(of: Array(bytes[$0])) }.filter { !words.contains($0[...]) },
      beside: words)
  }

  /// The text without the quotes around it, and without the characters that make YAML read
  /// its first word as an alias, an anchor or a tag.
  private static func readings(of secret: [UInt8]) -> [[UInt8]] {
    guard secret.count > 1, let first = secret.first else { return [secret] }
    switch first {
    case .doubleQuote where secret.last == first, .singleQuote where secret.last == first:
      return [secret, Array(secret.dropFirst().dropLast())]
    case .asterisk, .ampersand, .exclamationMark:
      let word = secret.prefix { !$0.isBlank && !$0.isLineBreak }
      let name = word.drop { [.asterisk, .ampersand, .exclamationMark, .lessThan].contains($0) }
        .prefix { $0 != .greaterThan }
      let rest = secret[word.endIndex...].drop { $0.isBlank || $0.isLineBreak }
      return [secret] + [name, rest].filter { !$0.isEmpty }.map(Array.init)
    default:
      return [secret]
    }
  }

  /// The index of the first range that begins after the offset.
  private func index(after offset: Int) -> Int {
    var (low, high) = (0, ranges.count)
    while low < high {
      let middle = (low + high) / 2
      if ranges[middle].lowerBound <= offset { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

/// The names of keys whose values are secret.
struct SecretKeys {
  private var known: [String: Bool] = [:]

  /// Whether the name is, ends with, or is a misspelling of, one that means a password.
  mutating func contains(_ name: String) -> Bool {
    if let answer = known[name] { return answer }
    let name = name.lowercased()
    // ldapbindpasswd and radiussecrets are options of pg_hba.conf (hba.c).
    let isSecret =
      ["literal", "pass", "pwd", "pw", "secret"].contains(name)
      || ["password", "passwd", "passphrase", "secrets", "_secret", "_pass", "_pwd"]
        .contains(where: name.hasSuffix)
      || Self.isWord(name) && NearestName.of(name, among: ["literal", "password"]) != nil
    known[name] = isSecret
    return isSecret
  }

  /// Whether it is worth comparing: there may be thousands of node names with numbers.
  private static func isWord(_ name: String) -> Bool {
    (5...10).contains(name.utf8.count) && name.utf8.allSatisfy { !(0x30...0x39).contains($0) }
  }
}
