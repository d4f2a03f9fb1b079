import Diagnostics
import IPAddressing
import SchemaCoding

extension IPAddress.ParseError {
  /// Messages about a wrong address, for the author of a topology.
  func invalidValue(_ text: String, _ family: IPAddress.Family) -> ValueError {
    ValueError(
      message(text, family), id: "invalid-address", hint: hint(text, family), at: utf8Range)
  }

  private func message(_ text: String, _ family: IPAddress.Family) -> Diagnostic.Message {
    let part = String(
      decoding: Array(text.utf8)[utf8Range.clamped(to: 0..<text.utf8.count)], as: UTF8.self)
    return switch reason {
    case .notAnAddress: "\(value: text) is not an \(text: family.name) address"
    case .octetOutOfRange: "\(text: part) is outside the valid range of an octet (0 .. 255)"
    case .leadingZero: "octet \(value: part) has a leading zero"
    case .wrongNumberOfOctets: "an IPv4 address has four octets"
    case .groupTooLong: "group \(value: part) has more than four digits"
    case .wrongNumberOfGroups: "an IPv6 address has eight groups, or fewer with one \"::\""
    case .zone: "an address with a zone names a different host on each machine"
    case .missingPrefixLength: "\(value: text) is an address, not a block"
    case .invalidPrefixLength: "invalid prefix length \(value: part)"
    case .prefixLengthOutOfRange(let maximum):
      "prefix length \(text: part) is outside the valid range (0 .. \(maximum))"
    }
  }

  private func hint(_ text: String, _ family: IPAddress.Family) -> Diagnostic.Message? {
    let block = family == .v4 ? "172.22.0.0/24" : "fd00:22::/64"
    return switch reason {
    case .leadingZero:
      "Remove the zero: some programs read such an octet as octal, others as decimal."
    case .missingPrefixLength: "Write the length of the network's prefix too, as in \(text: block)."
    case .invalidPrefixLength: "Write it as a decimal number, as in \(text: block)."
    default: nil
    }
  }
}

extension ValueError {
  static func wrongFamily(_ text: String, expected family: IPAddress.Family) -> ValueError {
    let keys = family == .v4 ? ["subnet6", "gateway6", "ip6"] : ["subnet", "gateway", "ip"]
    let other: IPAddress.Family = family == .v4 ? .v6 : .v4
    return ValueError(
      "\(value: text) is not an \(text: family.name) address", id: "invalid-address",
      hint: "\(text: other.name) addresses go into \(keywords: keys, .and).")
  }
}
