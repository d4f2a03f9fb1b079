import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

/// A node or client, and one of its addresses.
struct Endpoint {
  enum Kind: String { case node, client }

  let kind: Kind
  let name: String
  let address: Located<IPAddress>
}

/// An address that the network itself uses.
struct ReservedAddress {
  let address: IPAddress
  /// A description, as in "is the gateway's address".
  let role: String
  /// The place it follows from: the gateway or the subnet.
  let range: SourceRange
  /// Whether this is the address of a gateway that is written in the file.
  var isGateway = false

  /// The message at `range`.
  var note: Diagnostic.Message {
    isGateway ? "the gateway is declared here" : "the subnet is declared here"
  }
}

extension ResolvedTopology {
  /// Every address of nodes and clients, the nodes' first.
  var endpoints: [Endpoint] {
    nodes.flatMap { node in
      node.addresses.map { Endpoint(kind: .node, name: node.name, address: $0) }
    }
      + clients.flatMap { client in
        client.addresses.map { Endpoint(kind: .client, name: client.name, address: $0) }
      }
  }
}

extension ResolvedNetwork {
  /// The blocks of both families.
  var subnets: [Located<CIDRBlock>] { [subnet] + (subnet6.map { [$0] } ?? []) }
  /// The gateways that are written in the file.
  var gateways: [Located<IPAddress>] { [gateway, gateway6].compactMap { $0 } }

  /// The subnet of a family.
  func subnet(of family: IPAddress.Family) -> Located<CIDRBlock>? {
    family == .v4 ? subnet : subnet6
  }

  var reservedAddresses: [ReservedAddress] {
    subnets.flatMap(blockAddresses)
      + gateways.map {
        ReservedAddress(
          address: $0.value, role: "the gateway's address", range: $0.range, isGateway: true)
      } + subnets.compactMap(defaultGateway)
  }

  /// Docker never assigns these (moby, libnetwork's default allocator). A block of one or
  /// two addresses has neither.
  func blockAddresses(_ subnet: Located<CIDRBlock>) -> [ReservedAddress] {
    let block = subnet.value
    guard block.prefixLength < block.family.bitWidth - 1 else { return [] }
    let first = ReservedAddress(
      address: block.first, role: "the network address of \(block.canonical)",
      range: subnet.range)
    guard block.family == .v4 else { return [first] }
    return [
      first,
      ReservedAddress(
        address: block.last, role: "the broadcast address of \(block.canonical)",
        range: subnet.range),
    ]
  }

  /// Without a gateway in the file, a bridge takes the first address after the network's,
  /// unless a range for containers moves it.
  private func defaultGateway(_ subnet: Located<CIDRBlock>) -> ReservedAddress? {
    let family = subnet.value.family
    let isChosen = gateways.contains { $0.value.family == family } || isExternal
    guard !isChosen, subnet.value.prefixLength < family.bitWidth, driver == "bridge",
      ipRange?.value.family != family
    else { return nil }
    return ReservedAddress(
      address: IPAddress(family: family, bits: subnet.value.first.bits + 1),
      role: "the address that Docker gives to the gateway", range: subnet.range)
  }
}
