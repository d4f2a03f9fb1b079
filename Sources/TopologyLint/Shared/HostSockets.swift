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

    /// The same port on every address of the family.
    var everywhere: Self { Self(address: .unspecified(address.family), port: port) }
  }

  private var owners: [Socket: Owner] = [:]
  /// The first owner of a port on any address, by the socket for every address.
  private var firstOwners: [Socket: Owner] = [:]

  /// The owner of the requested socket, or nil, in which case it is now taken.
  mutating func insert(_ owner: Owner) -> Owner? {
    let publish = owner.publish.value
    let socket = Socket(address: publish.address, port: publish.port)
    let all = socket.everywhere
    let other = owners[socket] ?? (socket == all ? firstOwners[all] : owners[all])
    guard other == nil else { return other }
    owners[socket] = owner
    if firstOwners[all] == nil { firstOwners[all] = owner }
    return nil
  }
}

extension PublishedPort {
  /// The address as written before a colon and the port.
  var hostText: String { address.family == .v4 ? "\(address)" : "[\(address)]" }
}
