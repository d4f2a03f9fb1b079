/// The text of an IPv4 address: four decimal octets.
struct IPv4Text {
  private let bytes: ArraySlice<UInt8>
  init(_ bytes: ArraySlice<UInt8>) { self.bytes = bytes }

  func bits() throws(IPAddress.ParseError) -> UInt128 {
    var bits: UInt128 = 0
    let octets = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
    for octet in octets {
      guard octet.allSatisfy(\.isDigit) else {
        throw .init(.notAnAddress, at: bytes.startIndex..<bytes.endIndex)
      }
    }
    guard octets.count == 4, octets.allSatisfy({ !$0.isEmpty }) else {
      throw .init(.wrongNumberOfOctets, at: bytes.startIndex..<bytes.endIndex)
    }
    for octet in octets {
      let range = octet.startIndex..<octet.endIndex
      if octet.count > 1, octet.first == UInt8(ascii: "0") { throw .init(.leadingZero, at: range) }
      guard octet.count <= 3, octet.decimal <= 255 else { throw .init(.octetOutOfRange, at: range) }
      bits = bits << 8 | UInt128(octet.decimal)
    }
    return bits
  }
}

/// The text of an IPv6 address: groups of up to four hexadecimal digits, one `::`,
/// and an IPv4 address in the place of the last two groups (RFC 4291, section 2.2).
struct IPv6Text {
  private let bytes: [UInt8]
  init(_ bytes: [UInt8]) { self.bytes = bytes }

  private var whole: Range<Int> { 0..<bytes.count }

  func bits() throws(IPAddress.ParseError) -> UInt128 {
    if let zone = bytes.firstIndex(of: UInt8(ascii: "%")) {
      throw .init(.zone, at: zone..<bytes.count)
    }
    guard let gap = firstDoubleColon else {
      let groups = try groups(in: bytes[...])
      guard groups.count == 8 else { throw .init(.wrongNumberOfGroups, at: whole) }
      return join(groups)
    }
    let head = try groups(in: bytes[..<gap])
    let tail = try groups(in: bytes[(gap + 2)...])
    guard head.count + tail.count <= 7 else { throw .init(.wrongNumberOfGroups, at: whole) }
    return join(head + Array(repeating: 0, count: 8 - head.count - tail.count) + tail)
  }

  private var firstDoubleColon: Int? {
    bytes.indices.dropLast().first {
      bytes[$0] == UInt8(ascii: ":") && bytes[$0 + 1] == UInt8(ascii: ":")
    }
  }

  private func groups(in part: ArraySlice<UInt8>) throws(IPAddress.ParseError) -> [UInt16] {
    guard !part.isEmpty else { return [] }
    var groups: [UInt16] = []
    let texts = part.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    for (index, text) in texts.enumerated() {
      if text.contains(UInt8(ascii: ".")), index == texts.count - 1, part.endIndex == bytes.count {
        let tail = try IPv4Text(text).bits()
        groups += [UInt16(tail >> 16), UInt16(tail & 0xFFFF)]
        continue
      }
      guard !text.isEmpty, text.allSatisfy(\.isHexDigit) else {
        throw .init(.notAnAddress, at: whole)
      }
      guard text.count <= 4 else { throw .init(.groupTooLong, at: text.startIndex..<text.endIndex) }
      groups.append(text.reduce(0) { $0 << 4 | UInt16($1.hexValue) })
    }
    return groups
  }

  private func join(_ groups: [UInt16]) -> UInt128 {
    groups.reduce(0) { $0 << 16 | UInt128($1) }
  }
}

extension UInt8 {
  var isDigit: Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(self) }

  fileprivate var isHexDigit: Bool {
    isDigit || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains(self | 0x20)
  }

  fileprivate var hexValue: UInt8 {
    isDigit ? self - UInt8(ascii: "0") : (self | 0x20) - UInt8(ascii: "a") + 10
  }
}

extension ArraySlice<UInt8> {
  /// The number that these few decimal digits stand for.
  var decimal: Int { reduce(0) { $0 * 10 + Int($1 - UInt8(ascii: "0")) } }
}
