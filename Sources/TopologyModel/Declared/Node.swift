import Diagnostics
package import IPAddressing
package import PostgreSQL
package import SchemaCoding
package import SourceText

/// One PostgreSQL instance.
package struct Node: Sendable {
  package enum Role: String, CaseIterable, Sendable { case primary, replica }

  package let role: Located<Role>?
  package let ip: Located<IPAddress>?
  package let ip6: Located<IPAddress>?
  package let publish: Located<PublishedPort>?
  package let settings: [Entry<String, Located<String>>]
  package let upstream: Located<String>?
  package let slot: Located<String>?
  package let image: Located<PostgresImage>?
  package let data: Located<String>?
  package let memory: String?
  package let cpus: String?
}

/// An address and port of the host that lead to a node.
package struct PublishedPort: Hashable, Sendable {
  package let address: IPAddress
  package let port: Int
}

extension Schema<Node> {
  static let node = Schema.object(
    "One PostgreSQL instance.",
    Field("role", expected: .located(.choice), "Whether it accepts writes: primary or replica."),
    Field(
      "ip", expected: .located(.address(.v4)),
      "Its static IPv4 address, inside the network's subnet."),
    Field(
      "ip6", optional: .located(.address(.v6)),
      "Its static IPv6 address, inside the network's subnet6."),
    Field(
      "publish", optional: .located(.publishedPort),
      "The host's address and port that lead to it, such as \"127.0.0.1:5433\"."),
    Field(
      "settings", orEmpty: .settings,
      "Settings of postgresql.conf for this node. They win over those of every node."),
    Field(
      "upstream", optional: .located(.line),
      "The node it receives WAL from. The default is the primary."),
    Field(
      "slot", optional: .located(.slotName),
      "Its replication slot on the node that it follows. The default is made from the node's name."),
    Field(
      "image", optional: .located(.image), "Its container image. The default is postgres.image."),
    Field(
      "data", optional: .located(.line),
      "The host's folder for its data, relative to this file. The default is a named volume."),
    Field("memory", optional: .memorySize, "The most memory it may use, such as 1GB."),
    Field("cpus", optional: .processors, "The most processors it may use, such as 2 or 0.5.")
  ) {
    Node(
      role: $0, ip: $1, ip6: $2, publish: $3, settings: $4, upstream: $5, slot: $6, image: $7,
      data: $8, memory: $9, cpus: $10)
  }
}

extension Schema<PublishedPort> {
  static let publishedPort = Schema.parsed(pattern: "^(\\[[0-9a-fA-F:.]+\\]|[0-9.]+):[0-9]{1,5}$") {
    text throws(ValueError) in
    let example: Diagnostic.Message =
      "Write the host's address and port, as in \"127.0.0.1:5433\" or \"[::1]:5433\"."
    let invalid = ValueError(
      "invalid host address and port \(value: text)", hint: example)
    guard let colon = text.lastIndex(of: ":") else { throw invalid }
    let digits = text[text.index(after: colon)...].utf8
    let isDigits = digits.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }
    guard isDigits, let port = Int(String(Substring(digits))) else { throw invalid }
    guard (1...65535).contains(port) else {
      throw ValueError(
        "port \(port) is outside the valid range (1 .. 65535)", id: "out-of-range")
    }
    var host = text[..<colon]
    let isBracketed = host.hasPrefix("[") && host.hasSuffix("]")
    if isBracketed { host = host.dropFirst().dropLast() }
    guard let address = try? IPAddress(host) else {
      throw ValueError(
        "\(value: host) is not an IP address", id: "invalid-address", hint: example)
    }
    guard (address.family == .v6) == isBracketed else { throw invalid }
    // Docker takes it for the IPv4 address, and every comparison here for another one.
    if let unmapped = address.unmapped {
      throw ValueError(
        "\(value: host) is an IPv4-mapped address", id: "invalid-address",
        hint: "Write \(keyword: "\(unmapped):\(port)").")
    }
    return PublishedPort(address: address, port: port)
  }
}

extension Schema<String> {
  /// The engine takes no less than 0.01 and no more than the machine has ("Range of CPUs is from
  /// 0.01 to 2.00"), and Linux has 8192 at most (`NR_CPUS`).
  static let processors = Schema.number(in: 0.01...8192)

  /// An amount of memory as Docker reads it (docker/go-units, `RAMInBytes`).
  static var memorySize: Schema {
    .parsed(pattern: "^[1-9][0-9]*([bkmgBKMG]|[kmgKMG][bB])$") { text throws(ValueError) in
      let digits = text.utf8.prefix(while: \.isASCIIDigit)
      let unit = String(Substring(text.utf8.dropFirst(digits.count))).lowercased()
      let shifts = ["b": 0, "k": 10, "m": 20, "g": 30, "kb": 10, "mb": 20, "gb": 30]
      guard !digits.isEmpty, digits.first != UInt8(ascii: "0"), let shift = shifts[unit] else {
        throw ValueError(
          "invalid amount of memory \(value: text)",
          hint: "Write a number and a unit, such as 512MB or 1GB.")
      }
      let bytes = Int(Substring(digits)).map { $0.multipliedReportingOverflow(by: 1 << shift) }
      guard let bytes, !bytes.overflow, memoryRange.contains(bytes.partialValue) else {
        throw ValueError(
          "\(value: text) is outside the valid range (6MB .. 8589934591GB)", id: "out-of-range",
          hint: "Write a number and a unit, such as 512MB or 1GB.")
      }
      return text
    }
  }

  /// In bytes. The engine's own words are "Minimum memory limit allowed is 6MB", also for more
  /// than fits into 64 bits, which it counts in reals.
  private static let memoryRange = 6 << 20...8_589_934_591 << 30
}
