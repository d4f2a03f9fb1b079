import Diagnostics
import IPAddressing
import TopologyModel

extension LintRule {
  static let publishedPortTaken = LintRule.acrossFiles(
    "published-port-taken", .error, .network,
    summary: "Finds host ports that two nodes publish, also across the files of one run.",
    rationale: """
      One program can listen on a port of the host. The second container fails to start with \
      "port is already allocated". An address of 0.0.0.0 or [::] takes the port on all addresses.
      """,
    bad: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: ▸"127.0.0.1:5433"◂}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: ▸"0.0.0.0:5433"◂}
      """,
      """
      name: first
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "[::1]:5433"}
      ---
      name: second
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: ▸"[::1]:5433"◂}
      """,
    ],
    good: [
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100, publish: "127.0.0.1:5433"}
        replica: {role: replica, ip: 172.22.0.101, publish: "127.0.0.2:5433"}
        spare: {role: replica, ip: 172.22.0.102, publish: "127.0.0.1:5434"}
      """
    ]
  ) { topologies, findings in
    var sockets = HostSockets()
    for topology in topologies {
      for node in topology.nodes {
        guard let publish = node.declaration.publish else { continue }
        let owner = HostSockets.Owner(topology: topology.name, node: node.name, at: publish)
        guard let other = sockets.insert(owner) else { continue }
        let isSameFile = other.publish.range.file == publish.range.file
        findings.report(
          .taken(publish.value, other, in: isSameFile ? nil : other.topology), at: publish.range,
          notes: [.init("it is published here first", at: other.publish.range)],
          hint: sockets.freePort(after: publish.value).map {
            "Write another port, such as \"\(publish.value.hostText):\($0)\"."
          } ?? "Write another port.")
      }
    }
  }
}

/// The host's sockets that are given away, found by port.
private struct HostSockets {
  struct Owner {
    let topology: String
    let node: String
    let publish: Located<PublishedPort>

    init(topology: String, node: String, at publish: Located<PublishedPort>) {
      (self.topology, self.node, self.publish) = (topology, node, publish)
    }
  }

  private struct Socket: Hashable {
    let address: IPAddress
    let port: Int
  }

  private struct Port: Hashable {
    let number: Int
    let family: IPAddress.Family
  }

  private var owners: [Socket: Owner] = [:]
  private var firstOwners: [Port: Owner] = [:]

  /// The owner of what this one wants to have, or nil, and then it has it.
  mutating func insert(_ owner: Owner) -> Owner? {
    let publish = owner.publish.value
    let socket = Socket(address: publish.address, port: publish.port)
    let port = Port(number: publish.port, family: publish.address.family)
    let all = Socket(address: publish.address.unspecified, port: publish.port)
    let other = owners[socket] ?? (socket == all ? firstOwners[port] : owners[all])
    guard other == nil else { return other }
    owners[socket] = owner
    if firstOwners[port] == nil { firstOwners[port] = owner }
    return nil
  }

  /// The next port that nobody has on any address of the family.
  func freePort(after publish: PublishedPort) -> Int? {
    let family = publish.address.family
    let bound = min(65535, publish.port + owners.count + 1)
    return (publish.port...bound).first {
      firstOwners[Port(number: $0, family: family)] == nil
    }
  }
}

extension IPAddress {
  /// 0.0.0.0 or ::, which stands for all addresses of the host.
  fileprivate var unspecified: IPAddress { IPAddress(family: family, bits: 0) }
}

extension PublishedPort {
  fileprivate var hostText: String { address.family == .v4 ? "\(address)" : "[\(address)]" }
}

extension Diagnostic.Message {
  fileprivate static func taken(
    _ socket: PublishedPort, _ owner: HostSockets.Owner, in topology: String?
  ) -> Self {
    let file = topology.map { " of topology \"\($0)\"" } ?? ""
    return "\(socket.hostText):\(socket.port) is published by node \"\(owner.node)\"\(file) already"
  }
}
