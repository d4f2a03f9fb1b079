package import IPAddressing
package import PostgreSQL
package import SourceText

/// A server of the topology. A reference, since every rule walks over the nodes.
package final class ResolvedNode: Sendable {
  package let name: String
  package let nameRange: SourceRange
  package let role: Node.Role
  package let ip: Located<IPAddress>
  package let ip6: Located<IPAddress>?
  package let image: PostgresImage
  /// Where the image is written: at the node, at `postgres`, or nowhere.
  package let imageRange: SourceRange?
  /// The host's address and port that lead to it.
  package let publish: Located<PublishedPort>?
  /// The host folder with its data; nil for a named volume.
  package let data: Located<String>?
  /// The most memory it may use, in Docker's units.
  package let memory: String?
  /// The most processors it may use.
  package let cpus: String?
  /// The index of the node it receives WAL from; nil for the primary.
  package let upstream: Int?
  /// Where that node is named; nil if it is the primary by default.
  package let upstreamRange: SourceRange?
  /// The indices of the replicas that receive WAL directly from it.
  package let downstreams: [Int]
  /// Its replication slot on the upstream; nil for the primary, or without slots.
  package let slot: String?
  /// Its replication slot on whichever node it follows; the primary's is for when it
  /// follows another node. Nil without slots.
  package let followerSlot: String?
  /// Where the slot is named; nil if its name follows from the node's.
  package let slotRange: SourceRange?
  /// Its settings as its server takes them.
  package let settings: ServedSettings

  init(
    name: String, nameRange: SourceRange, role: Node.Role, ip: Located<IPAddress>,
    ip6: Located<IPAddress>?, image: PostgresImage, imageRange: SourceRange?,
    publish: Located<PublishedPort>?, data: Located<String>?, memory: String?, cpus: String?,
    upstream: Int?, upstreamRange: SourceRange?, downstreams: [Int], slot: String?,
    followerSlot: String?, slotRange: SourceRange?, settings: ServedSettings
  ) {
    self.name = name
    self.nameRange = nameRange
    self.role = role
    self.ip = ip
    self.ip6 = ip6
    self.image = image
    self.imageRange = imageRange
    self.publish = publish
    self.data = data
    self.memory = memory
    self.cpus = cpus
    self.upstream = upstream
    self.upstreamRange = upstreamRange
    self.downstreams = downstreams
    self.slot = slot
    self.followerSlot = followerSlot
    self.slotRange = slotRange
    self.settings = settings
  }

  /// The major that its image names; the topology's if the image names none.
  package var major: PostgresMajor { settings.major }

  package var addresses: [Located<IPAddress>] { [ip] + (ip6.map { [$0] } ?? []) }

  /// Whether connections of that family can reach it.
  package func hasAddress(of family: IPAddress.Family) -> Bool {
    addresses.contains { $0.value.family == family }
  }
}
