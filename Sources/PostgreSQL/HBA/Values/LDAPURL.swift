import SourceText

/// An LDAP URL (RFC 4516) as OpenLDAP's `ldap_url_parse` reads it for the server.
struct LDAPURL {
  private(set) var scheme = ""
  /// Nil if it is empty.
  private(set) var host: String?
  private(set) var port: Int32 = 0
  /// Nil if there is no slash after the host; then nothing can follow.
  private(set) var baseDN: String?
  private(set) var attribute: String?
  /// `LDAP_SCOPE_…`: base 0, one 1, sub 2, children 3.
  private(set) var scope = 0
  private(set) var filter: String?

  /// Why it is invalid. The server takes OpenLDAP's numbers for LDAP result codes and
  /// prints their texts, which are unrelated; the last text is ours.
  enum ParseError: String, Error {
    case scheme = "Time limit exceeded"
    case enclosure = "Size limit exceeded"
    case url = "Compare False"
    case scope = "Strong(er) authentication required"
    case filter = "Partial results and referral received"
    case extensions = "Referral"
    /// The server takes the first attribute of a list without checking whether there is one.
    case attributes = "a list without attributes crashes the server"
  }

  private static let scopes = [
    "base": 0, "one": 1, "onelevel": 1, "sub": 2, "subtree": 2, "subordinate": 3, "children": 3,
  ]

  init(_ text: String) throws(ParseError) {
    var rest = text[...]
    let isEnclosed = rest.hasPrefix("<")
    if isEnclosed { rest = rest.dropFirst() }
    if String(rest.prefix(4)).asciiLowercased == "url:" { rest = rest.dropFirst(4) }
    let schemes = ["ldap", "ldaps", "ldapi", "pldap", "pldaps"]
    guard let separator = rest.firstRange(of: "://"),
      schemes.contains(String(rest[..<separator.lowerBound]).asciiLowercased)
    else { throw .scheme }
    scheme = String(rest[..<separator.lowerBound]).asciiLowercased
    rest = rest[separator.upperBound...]
    if isEnclosed {
      guard rest.hasSuffix(">") else { throw .enclosure }
      rest = rest.dropLast()
    }
    let slash = rest.firstIndex(of: "/")
    let authority = rest[..<(slash ?? rest.firstIndex(of: "?") ?? rest.endIndex)]
    try readAuthority(authority)
    guard let slash else { return }
    try readPath(rest[rest.index(after: slash)...])
  }

  private mutating func readAuthority(_ text: Substring) throws(ParseError) {
    var name = text
    var portText: Substring?
    if text.first == "[" {
      guard let end = text.firstIndex(of: "]") else { throw .url }
      name = text[text.index(after: text.startIndex)..<end]
      let after = text[text.index(after: end)...]
      if let colon = after.firstIndex(of: ":") {
        guard colon == after.startIndex else { throw .url }
        portText = after.dropFirst()
      }
    } else if let colon = text.firstIndex(of: ":") {
      name = text[..<colon]
      portText = text[text.index(after: colon)...]
    }
    if let portText {
      guard let number = DecimalText.strtol(Self.unescaped(portText)) else { throw .url }
      port = Int32(truncatingIfNeeded: number)
    }
    if port == 0 { port = scheme == "ldaps" ? 636 : 389 }
    let host = Self.unescaped(name)
    if !host.isEmpty { self.host = host }
  }

  private mutating func readPath(_ text: Substring) throws(ParseError) {
    let parts = text.split(separator: "?", omittingEmptySubsequences: false)
    func part(_ index: Int) -> String? {
      index < parts.count && !parts[index].isEmpty ? Self.unescaped(parts[index]) : nil
    }
    baseDN = part(0) ?? ""
    if let attributes = part(1) {
      guard let first = attributes.split(separator: ",").first else { throw .attributes }
      attribute = String(first)
    }
    if let word = part(2) {
      guard let known = Self.scopes[word.asciiLowercased] else { throw .scope }
      scope = known
    }
    if let text = part(3) {
      guard !text.isEmpty else { throw .filter }
      filter = text
    }
    guard parts.count <= 5 else { throw .url }
    if parts.count == 5, parts[4].allSatisfy({ $0 == "," }) { throw .extensions }
  }

  /// `%41` is `A`. A part with an invalid escape is empty, and a NUL ends it.
  private static func unescaped(_ text: Substring) -> String {
    var result: [UInt8] = []
    var rest = text.utf8[...]
    while let byte = rest.popFirst() {
      guard byte == UInt8(ascii: "%") else {
        result.append(byte)
        continue
      }
      let digits = rest.prefix(2)
      guard digits.count == 2, digits.allSatisfy(\.isASCIIHexDigit),
        let value = UInt8(String(decoding: digits, as: UTF8.self), radix: 16)
      else { return "" }
      result.append(value)
      rest = rest.dropFirst(2)
    }
    return HBAText.decode(result.prefix { $0 != 0 })
  }
}
