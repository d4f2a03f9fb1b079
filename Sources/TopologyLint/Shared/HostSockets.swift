import Diagnostics
import IPAddressing
import SourceText
import TopologyModel

/// The host's sockets that are already taken, indexed by port.
struct HostSockets {
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

  /// The owner of the requested socket, or nil, in which case it is now taken.
  mutating func insert(_ owner: Owner) -> Owner? {
    let publish = owner.publish.value
    let socket = Socket(address: publish.address, port: publish.port)
    let port = Port(number: publish.port, family: publish.address.family)
    let all = Socket(address: .unspecified(publish.address.family), port: publish.port)
    let other = owners[socket] ?? (socket == all ? firstOwners[port] : owners[all])
    guard other == nil else { return other }
    owners[socket] = owner
    if firstOwners[port] == nil { firstOwners[port] = owner }
    return nil
  }

  /// The next port that is free on every address of the family.
  func freePort(after publish: PublishedPort) -> Int? {
    let family = publish.address.family
    let bound = min(65535, publish.port + owners.count + 1)
    return (publish.port...bound).first {
      firstOwners[Port(number: $0, family: family)] == nil
    }
  }
}

extension PublishedPort {
  /// The address as written before a colon and the port.
  var hostText: String { address.family == .v4 ? "\(address)" : "[\(address)]" }
}
