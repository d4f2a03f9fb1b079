package import IPAddressing
import SourceText

/// The address field of an HBA record.
package enum HBAAddress: Hashable, Sendable {
  case all
  /// Any of the server's own addresses.
  case samehost
  /// Any address in a network that the server has an interface in.
  case samenet
  /// `address/length`. Host bits are kept; the server ignores them.
  case block(CIDRBlock)
  /// An address and a mask of the same family. The mask need not be a prefix.
  case masked(IPAddress, mask: IPAddress)
  /// A host name or, with a leading dot, any name below a domain.
  case hostName(String)

  /// Why a text is not an address field, or does not mean what it seems to mean.
  package enum ParseError: Error, Hashable, Sendable {
    case empty
    /// An address without the length that pg_hba.conf requires; this block contains only
    /// the address.
    case loneAddress(CIDRBlock)
    case invalidAddress(IPAddress.ParseError)
    case invalidMask(IPAddress.ParseError)
    case maskOfOtherFamily
    /// A keyword or host name with a length or mask.
    case hostNameWithMask(String)
    /// The server's keywords are in lower case: `ALL` would be a host of that name.
    case miscasedKeyword(String)
    case invalidHostName(String)
    /// The field takes one address; a list needs a record for each.
    case severalAddresses
  }

  /// Parses what the author of a topology writes: `172.22.0.0/24`,
  /// `172.22.0.0 255.255.255.0`, `all`, `samenet`, `db.example.com`, `.example.com`.
  ///
  /// It is stricter than the server, which reads `10/8` as 0.0.0.10/8, `010.0.0.1` as
  /// 8.0.0.1 and `256.1.1.1` as a host name.
  package init(text: String) throws(ParseError) {
    let words = text.split { $0 == " " || $0 == "\t" }
    guard let first = words.first else { throw .empty }
    guard !text.utf8.contains(UInt8(ascii: ",")) else { throw .severalAddresses }
    guard words.count <= 2 else { throw .invalidHostName(text) }
    if words.count == 2, let mask = words.last {
      self = try Self.masked(String(first), mask)
    } else {
      self = try Self.single(String(first))
    }
  }

  /// The field as written in pg_hba.conf; an address and its mask are two words.
  package var hbaText: String {
    switch self {
    case .all: "all"
    case .samehost: "samehost"
    case .samenet: "samenet"
    case .block(let block): block.description
    case .masked(let address, let mask): "\(address) \(mask)"
    case .hostName(let name): Self.keywords[name] == nil ? Quoting.hbaPart(name) : "\"\(name)\""
    }
  }

  static let keywords: [String: HBAAddress] = [
    "all": .all, "samehost": .samehost, "samenet": .samenet,
  ]
}

extension HBAAddress {
  private static func masked(
    _ address: String, _ mask: Substring
  ) throws(ParseError) -> HBAAddress {
    guard looksNumeric(address), !address.utf8.contains(UInt8(ascii: "/")) else {
      throw .hostNameWithMask(address)
    }
    let base: IPAddress
    do { base = try IPAddress(address) } catch { throw .invalidAddress(error) }
    let bits: IPAddress
    do { bits = try IPAddress(mask) } catch { throw .invalidMask(error) }
    guard base.family == bits.family else { throw .maskOfOtherFamily }
    return .masked(base, mask: bits)
  }

  private static func single(_ text: String) throws(ParseError) -> HBAAddress {
    if let keyword = keywords[text] { return keyword }
    if keywords[text.asciiLowercased] != nil { throw .miscasedKeyword(text) }
    guard looksNumeric(text) else {
      guard !text.utf8.contains(UInt8(ascii: "/")) else { throw .hostNameWithMask(text) }
      guard isHostName(text) else { throw .invalidHostName(text) }
      return .hostName(text)
    }
    do {
      return .block(try CIDRBlock(text))
    } catch {
      guard error.reason == .missingPrefixLength, let address = try? IPAddress(text) else {
        throw .invalidAddress(error)
      }
      throw .loneAddress(CIDRBlock(only: address))
    }
  }

  /// Digits with dots and a slash, or anything with a colon, cannot be meant as a host name.
  private static func looksNumeric(_ text: String) -> Bool {
    text.utf8.contains(UInt8(ascii: ":"))
      || (text.utf8.contains(where: \.isASCIIDigit)
        && text.utf8.allSatisfy { $0.isASCIIDigit || "./".utf8.contains($0) })
  }

  /// Labels of letters, digits, `-` and `_`; a leading dot makes it a suffix.
  private static func isHostName(_ text: String) -> Bool {
    let name = text.utf8.first == UInt8(ascii: ".") ? text.utf8.dropFirst() : text.utf8[...]
    let labels = name.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    // Resolvers keep a trailing dot: `db.example.com.` is exactly that name.
    let complete =
      labels.last?.isEmpty == true && labels.count > 1 ? labels.dropLast() : labels[...]
    return name.count <= 255
      && complete.allSatisfy { label in
        (1...63).contains(label.count)
          && label.allSatisfy { $0.isASCIIWord || "-_".utf8.contains($0) }
      }
  }
}
