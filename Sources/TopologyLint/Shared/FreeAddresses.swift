import IPAddressing
import SourceText
import TopologyModel

/// Finds addresses that nothing uses, for hints. Each is suggested once: of a thousand nodes
/// at one address, every one is told another.
struct FreeAddresses {
  private var taken: Set<IPAddress>
  /// By block, the last address that was tried in its order.
  private var cursors: [CIDRBlock: UInt128] = [:]

  init(of topology: ResolvedTopology) {
    taken = Set(topology.endpoints.map(\.address.value))
    taken.formUnion(topology.network.reservedAddresses.map(\.address))
  }

  /// An unused address of the block. The first choice is the one with the same ending as
  /// `model`; nil if a short search finds none.
  mutating func next(
    in block: CIDRBlock, like model: IPAddress, outside range: CIDRBlock? = nil
  ) -> IPAddress? {
    let hostBits = block.first.bits ^ block.last.bits
    let alike = IPAddress(
      family: block.family, bits: block.first.bits | (model.bits & hostBits))
    if isFree(alike, block, range) { return take(alike) }
    // The one after the network's is usually the gateway's.
    var bits = cursors[block] ?? block.first.bits &+ 1
    defer { cursors[block] = bits }
    for _ in 0...taken.count + 2 {
      bits &+= 1
      if let range, range.contains(IPAddress(family: block.family, bits: bits)) {
        bits = range.last.bits &+ 1
      }
      let address = IPAddress(family: block.family, bits: bits)
      guard block.contains(address) else { return nil }
      if isFree(address, block, range) { return take(address) }
    }
    return nil
  }

  private func isFree(_ address: IPAddress, _ block: CIDRBlock, _ range: CIDRBlock?) -> Bool {
    block.contains(address) && !taken.contains(address) && range?.contains(address) != true
  }

  private mutating func take(_ address: IPAddress) -> IPAddress {
    taken.insert(address)
    return address
  }
}
