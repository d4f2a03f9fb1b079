import Diagnostics
package import IPAddressing
import SchemaCoding
package import SourceText

/// The network that the nodes share.
package struct Network: Sendable {
  package let name: String?
  package let driver: String
  package let subnet: Located<CIDRBlock>?
  package let gateway: Located<IPAddress>?
  package let ipRange: Located<CIDRBlock>?
  package let subnet6: Located<CIDRBlock>?
  /// False if there is an IPv6 subnet that could not be read.
  package let hasSoundSubnet6: Bool
  package let gateway6: Located<IPAddress>?
  package let isExternal: Bool
}

extension Schema<Network> {
  static let network = Schema.object(
    "The network that the nodes share.",
    Field(
      "name", optional: .dockerName(of: "network"),
      "Its name in Docker. The default is the topology's name."),
    Field("driver", .line, default: "bridge", "The network driver."),
    Field(
      "subnet", expected: .located(.block(.v4)),
      "The IPv4 subnet that holds every node's address, such as 172.22.0.0/24."),
    Field(
      "gateway", optional: .located(.address(.v4)),
      "The gateway's IPv4 address. The default is Docker's choice."),
    Field(
      "ip_range", optional: .located(.block(.v4)),
      "Where in the subnet Docker may place containers that ask for no address."),
    Field(
      "subnet6", optional: .checked(.located(.block(.v6))),
      "The IPv6 subnet, for nodes with both families."),
    Field("gateway6", optional: .located(.address(.v6)), "The gateway's IPv6 address."),
    Field(
      "external", .boolean, default: false,
      "Whether somebody else creates the network, so that Compose only joins it.")
  ) {
    Network(
      name: $0, driver: $1, subnet: $2, gateway: $3, ipRange: $4, subnet6: $5?.value,
      hasSoundSubnet6: $5?.isSound ?? true, gateway6: $6, isExternal: $7)
  }
}

extension Schema<String> {
  /// The name of a Docker network or volume (moby, `RestrictedNamePattern`).
  static func dockerName(of kind: Diagnostic.Message) -> Schema {
    .parsed(pattern: "^[a-zA-Z0-9][a-zA-Z0-9_.-]*$") { text throws(ValueError) in
      let isWord = text.unicodeScalars.allSatisfy {
        $0.isASCII
          && ($0.properties.isAlphabetic || ("0"..."9").contains($0)
            || "_.-".unicodeScalars.contains($0))
      }
      guard isWord, let first = text.first, !"_.-".contains(first) else {
        throw ValueError(
          "invalid \(kind) name \(value: text)",
          hint: "Use letters, digits, \"_\", \".\" and \"-\", beginning with a letter or digit.")
      }
      return text
    }
  }
}

extension Schema<IPAddress> {
  /// An address of one family, parsed, so that its spelling does not matter.
  static func address(_ family: IPAddress.Family) -> Schema {
    .parsed(pattern: family.addressPattern) { text throws(ValueError) in
      let address: IPAddress
      do throws(IPAddress.ParseError) { address = try IPAddress(text) } catch {
        throw error.invalidValue(text, family)
      }
      guard address.family == family else { throw .wrongFamily(text, expected: family) }
      return address
    }
  }
}

extension Schema<CIDRBlock> {
  static func block(_ family: IPAddress.Family) -> Schema {
    .parsed(pattern: family.blockPattern) { text throws(ValueError) in
      let block: CIDRBlock
      do throws(IPAddress.ParseError) { block = try CIDRBlock(text) } catch {
        throw error.invalidValue(text, family)
      }
      guard block.family == family else { throw .wrongFamily(text, expected: family) }
      return block
    }
  }
}

extension IPAddress.Family {
  var name: String { self == .v4 ? "IPv4" : "IPv6" }

  fileprivate var addressPattern: String {
    self == .v4 ? "^([0-9]{1,3}\\.){3}[0-9]{1,3}$" : "^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*$"
  }

  fileprivate var blockPattern: String {
    self == .v4
      ? "^([0-9]{1,3}\\.){3}[0-9]{1,3}/[0-9]{1,2}$" : "^[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/[0-9]{1,3}$"
  }
}
