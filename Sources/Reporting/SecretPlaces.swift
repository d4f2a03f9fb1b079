import Diagnostics
import SourceText

/// Finds secrets in collections, where keys say which values are harmless: below a
/// password's key, and below `users`.
///
/// A password in the wrong place is still a password. So below these keys the value of
/// every key is a secret, except of keys that are known to hold none.
struct SecretPlaces {
  private(set) var found: [Range<Int>] = []
  private let outline: YAMLOutline
  private var keys = SecretKeys()
  /// The end of the last collection that was checked, so that none is checked twice.
  private var end = 0
  private var endOfUsers = 0

  init(_ bytes: [UInt8]) { outline = YAMLOutline(bytes) }

  /// The value of a password's key, in which `{env: NAME}` and `{file: path}` are known to
  /// be harmless. A mapping about a user who is named like such a key is left alone.
  mutating func addPassword(after colon: Int, of key: Int) {
    guard key >= end, let collection = outline.collection(after: colon, of: key) else { return }
    switch collection {
    case .sequence(let items):
      found += items
      end = max(end, items.last?.upperBound ?? 0)
    case .mapping(let entries):
      end = max(end, entries.last?.value.upperBound ?? 0)
      guard !entries.contains(where: { isAboutSomebody($0) }) else { return }
      for entry in entries where !isKnown(entry) {
        if !entry.value.isEmpty { found.append(entry.value) }
        // A key without a value may be the password.
        if entry.value.isEmpty || !isLikeAKey(entry) { found.append(entry.key) }
      }
    }
  }

  /// Whether the key is a word of small letters, as the keys of the format are; otherwise
  /// it may be a password.
  private func isLikeAKey(_ entry: YAMLOutline.Entry) -> Bool {
    let letters = UInt8(ascii: "a")...UInt8(ascii: "z")
    return outline.text(entry.key).utf8.allSatisfy { letters.contains($0) || $0 == 0x5F }
  }

  /// The values below `users`: some keys of each user are known.
  mutating func addUsers(after colon: Int, of key: Int) {
    guard key >= endOfUsers,
      case .mapping(let users)? = outline.collection(after: colon, of: key)
    else { return }
    endOfUsers = max(endOfUsers, users.last?.value.upperBound ?? 0)
    for user in users {
      switch outline.collection(of: user) {
      case nil: if !user.value.isEmpty { found.append(user.value) }
      case .sequence(let items)?: found += items
      case .mapping(let entries)?:
        for entry in entries where !isKnownOfUser(entry) {
          if !isHarmless(entry.value) { found.append(entry.value) }
          if !isLikeAKey(entry) { found.append(entry.key) }
        }
      }
    }
  }

  private mutating func isKnown(_ entry: YAMLOutline.Entry) -> Bool {
    let key = outline.text(entry.key)
    if key == "file" { return outline.collection(of: entry) == nil }
    let value = outline.text(entry.value)
    return key == "env" && Self.isVariable(value) || keys.contains(key)
  }

  private mutating func isAboutSomebody(_ entry: YAMLOutline.Entry) -> Bool {
    let key = outline.text(entry.key)
    return ["role", "ip", "user", "attributes", "databases", "member_of"].contains(key)
      || key != "literal" && keys.contains(key)
  }

  private mutating func isKnownOfUser(_ entry: YAMLOutline.Entry) -> Bool {
    let key = outline.text(entry.key)
    return keys.contains(key)
      || ["attributes", "databases", "member_of"].contains { known in
        key == known || NearestName.of(key, among: [known]) != nil
      }
  }

  /// Neither valid nor a password: `superuser: true` is a common mistake.
  private func isHarmless(_ value: Range<Int>) -> Bool {
    ["true", "false", "yes", "no", "on", "off", "null", "~", ""]
      .contains(outline.text(value).lowercased())
  }

  /// Whether a shell would accept it as the name of a variable.
  private static func isVariable(_ text: String) -> Bool {
    guard let first = text.utf8.first, !(0x30...0x39).contains(first) else { return false }
    return text.utf8.allSatisfy { $0.isWord && $0 != .hyphen && $0 < 0x80 }
  }
}

extension YAMLOutline {
  fileprivate func collection(of entry: Entry) -> Collection? {
    collection(after: entry.key.upperBound, of: entry.key.lowerBound)
  }
}
