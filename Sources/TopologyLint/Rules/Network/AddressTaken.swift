import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

extension LintRule {
  static let addressTaken = LintRule(
    "address-taken", .error, .network,
    summary: "Finds addresses that something else has already.",
    rationale: """
      Docker gives an address to one container only; the second one fails to start with \
      "Address already in use". The first address of a subnet names the network, the last of \
      an IPv4 subnet is for broadcasts, and the gateway takes one, usually the first that is left.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica: {role: replica, ip: ▸172.22.0.100◂}
      clients:
        backend: {ip: ▸172.22.0.255◂, user: app}
      """,
      """
      network: {subnet: 172.22.0.0/24, gateway: 172.22.0.254}
      nodes:
        primary: {role: primary, ip: ▸172.22.0.254◂}
        replica: {role: replica, ip: ▸172.22.0.0◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: ▸172.22.0.1◂}
      """,
      """
      network: {subnet: 172.22.0.0/24, gateway: ▸172.22.0.0◂, subnet6: "fd00:22::/64"}
      nodes:
        primary: {role: primary, ip: 172.22.0.100, ip6: "fd00:22::2"}
        replica: {role: replica, ip: 172.22.0.101, ip6: ▸"fd00:22::2"◂}
      """,
    ],
    good: [
      """
      network: {subnet: 172.22.0.0/24, gateway: 172.22.0.254}
      nodes:
        primary: {role: primary, ip: 172.22.0.1}
        replica: {role: replica, ip: 172.22.0.2}
      """
    ],
    target: "compose"
  ) { topology, findings in
    let network = topology.network
    lazy var free = FreeAddresses(of: topology)
    let blockAddresses = network.subnets.flatMap(network.blockAddresses)
    for gateway in network.gateways {
      guard let reserved = blockAddresses.first(where: { $0.address == gateway.value }) else {
        continue
      }
      findings.report(
        .reserved(reserved), at: gateway.range, notes: [.init(reserved.note, at: reserved.range)],
        hint: free.hint(gateway, network))
    }
    var owners: [IPAddress: (message: Diagnostic.Message, note: Diagnostic.Note)] = [:]
    for reserved in network.reservedAddresses where owners[reserved.address] == nil {
      owners[reserved.address] = (
        .reserved(reserved), .init(reserved.note, at: reserved.range)
      )
    }
    for endpoint in topology.endpoints {
      let (address, range) = (endpoint.address.value, endpoint.address.range)
      if let owner = owners[address] {
        findings.report(
          owner.message, at: range, notes: [owner.note], hint: free.hint(endpoint.address, network))
      } else {
        owners[address] = (.taken(endpoint), .init("it is given here first", at: range))
      }
    }
  }
}

extension FreeAddresses {
  fileprivate mutating func hint(
    _ address: Located<IPAddress>, _ network: ResolvedNetwork
  ) -> Diagnostic.Message {
    let subnet = network.subnet(of: address.value.family)?.value
    let free = subnet.flatMap { next(in: $0, like: address.value) }
    return free.map { "Write another address, such as \(name: $0)." } ?? "Write another address."
  }
}

extension Diagnostic.Message {
  fileprivate static func taken(_ owner: Endpoint) -> Self {
    "address \(owner.address.value) is taken by \(text: owner.kind.rawValue) \(name: owner.name)"
  }

  fileprivate static func reserved(_ reserved: ReservedAddress) -> Self {
    "address \(reserved.address) is \(text: reserved.role)"
  }
}
