/// Parses a connection URL (`conninfo_uri_parse_options` in fe-connect.c), which is not
/// quite RFC 3986: there may be several hosts, and no scheme's rules apply.
struct ConninfoURLParser {
  typealias Reason = Conninfo.ParseError.Reason
  /// Called with each keyword and its value, in libpq's order.
  typealias Store = (String, String) throws(Reason) -> Void

  private let bytes: [UInt8]
  private let major: PostgresMajor
  private var position: Int

  /// - Parameter start: The length of the scheme and its slashes.
  init(_ text: String, after start: Int, _ major: PostgresMajor) {
    (bytes, position, self.major) = (Array(text.utf8), start, major)
  }

  mutating func parse(_ store: Store) throws(Reason) {
    try parseCredentials(store)
    try parseHosts(store)
    if let byte = current, byte != UInt8(ascii: "?") {
      position += 1
      let name = take(until: "?")
      if !name.isEmpty { try store("dbname", try decoded(name)) }
    }
    guard current != nil else { return }
    position += 1
    for parameter in parameters { try parse(parameter, store) }
  }

  /// An at sign before the first slash ends user and password.
  private mutating func parseCredentials(_ store: Store) throws(Reason) {
    let ahead = bytes[position...].prefix { $0 != UInt8(ascii: "@") && $0 != UInt8(ascii: "/") }
    guard ahead.endIndex < bytes.count, bytes[ahead.endIndex] == UInt8(ascii: "@") else { return }
    let user = take(until: ":@")
    if !user.isEmpty { try store("user", try decoded(user)) }
    if current == UInt8(ascii: ":") {
      position += 1
      let password = take(until: "@")
      if !password.isEmpty { try store("password", try decoded(password)) }
    }
    position += 1
  }

  private mutating func parseHosts(_ store: Store) throws(Reason) {
    var hosts: [UInt8] = []
    var ports: [UInt8] = []
    while true {
      hosts += try current == UInt8(ascii: "[") ? bracketedHost() : take(until: ":/?,")
      if current == UInt8(ascii: ":") {
        position += 1
        ports += take(until: "/?,")
      }
      guard current == UInt8(ascii: ",") else { break }
      position += 1
      hosts.append(UInt8(ascii: ","))
      ports.append(UInt8(ascii: ","))
    }
    if !hosts.isEmpty { try store("host", try decoded(hosts[...])) }
    if !ports.isEmpty { try store("port", try decoded(ports[...])) }
  }

  /// An IPv6 address.
  private mutating func bracketedHost() throws(Reason) -> ArraySlice<UInt8> {
    position += 1
    let host = take(until: "]")
    guard current != nil else { throw .unclosedBracket }
    guard !host.isEmpty else { throw .emptyIPv6Host }
    position += 1
    if let byte = current, !":/?,".utf8.contains(byte) {
      throw .unexpectedByte(byte, position: position + 1)
    }
    return host
  }

  /// The parts between ampersands; an ampersand at the end adds no parameter.
  private var parameters: [ArraySlice<UInt8>] {
    var parts = bytes[position...].split(
      separator: UInt8(ascii: "&"), omittingEmptySubsequences: false)
    if parts.last?.isEmpty == true { parts.removeLast() }
    return parts
  }

  private func parse(_ parameter: ArraySlice<UInt8>, _ store: Store) throws(Reason) {
    let parts = parameter.split(separator: UInt8(ascii: "="), omittingEmptySubsequences: false)
    let name = String(decoding: parts.first ?? [], as: UTF8.self)
    guard parts.count > 1 else { throw .missingQuerySeparator(name) }
    guard parts.count == 2 else { throw .extraQuerySeparator(name) }
    let keyword = try decoded(parts[0])
    let value = try decoded(parts[1])
    do throws(Reason) {
      // As JDBC writes it.
      if keyword == "ssl", value == "true" {
        try store("sslmode", "require")
      } else {
        try store(keyword, value)
      }
    } catch {
      throw .invalidQueryParameter(keyword)
    }
  }
}

extension ConninfoURLParser {
  private var current: UInt8? { position < bytes.count ? bytes[position] : nil }

  private mutating func take(until delimiters: StaticString) -> ArraySlice<UInt8> {
    let ends = UnsafeBufferPointer(start: delimiters.utf8Start, count: delimiters.utf8CodeUnitCount)
    let taken = bytes[position...].prefix { !ends.contains($0) }
    position = taken.endIndex
    return taken
  }

  /// `conninfo_uri_decode`. Since 18, blanks around a part are dropped, and blanks inside
  /// are refused.
  private func decoded(_ part: ArraySlice<UInt8>) throws(Reason) -> String {
    let text = String(decoding: part, as: UTF8.self)
    let blank = UInt8(ascii: " ")
    var rest = major >= 18 ? part.drop { $0 == blank } : part
    var result: [UInt8] = []
    while let byte = rest.popFirst() {
      if byte == UInt8(ascii: "%") {
        guard let high = rest.popFirst()?.hexDigit, let low = rest.popFirst()?.hexDigit else {
          throw .invalidPercentToken(text)
        }
        guard high != 0 || low != 0 else { throw .forbiddenNUL(text) }
        result.append(high << 4 | low)
      } else if byte == blank, major >= 18 {
        guard rest.allSatisfy({ $0 == blank }) else { throw .unexpectedSpaces(text) }
        break
      } else {
        result.append(byte)
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}

extension UInt8 {
  fileprivate var hexDigit: UInt8? {
    switch self {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): self - UInt8(ascii: "0")
    case UInt8(ascii: "A")...UInt8(ascii: "F"): self - UInt8(ascii: "A") + 10
    case UInt8(ascii: "a")...UInt8(ascii: "f"): self - UInt8(ascii: "a") + 10
    default: nil
    }
  }
}
