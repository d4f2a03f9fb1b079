import IPAddressing

/// One address for each part of the address space that the records may treat differently.
struct AddressPoints {
  struct Point {
    let name: String
    let address: IPAddress
  }

  /// In the order of addresses, IPv4 before IPv6; addresses outside all blocks come last.
  let points: [Point]

  /// - Parameters:
  ///   - blocks: The blocks that records distinguish.
  ///   - named: Addresses that are listed under names of their own.
  init(of blocks: [CIDRBlock], except named: Set<IPAddress>) {
    let own = Set(blocks.map(\.canonical))
    let sorted = own.union(named.map(CIDRBlock.init(only:))).sorted {
      ($0.first, $0.prefixLength) < ($1.first, $1.prefixLength)
    }
    var points: [Point] = []
    for (index, block) in sorted.enumerated() {
      let isNamed = block.first == block.last && named.contains(block.first)
      guard !isNamed, let address = Self.first(of: block, outside: sorted[(index + 1)...])
      else { continue }
      let holdsOthers =
        index + 1 < sorted.count && block.contains(sorted[index + 1])
      points.append(Point(name: Self.name(of: block, holdsOthers), address: address))
    }
    let families: [IPAddress.Family] = sorted.contains { $0.family == .v6 } ? [.v4, .v6] : [.v4]
    for family in families where !own.contains(where: { $0.family == family && $0.isEverything }) {
      points +=
        Self.elsewhere(family, sorted).map {
          [Point(name: Self.name(ofAllOthers: family), address: $0)]
        } ?? []
    }
    self.points = points
  }

  /// The first address of a block that none of the narrower blocks contains; they are sorted.
  private static func first(
    of block: CIDRBlock, outside others: ArraySlice<CIDRBlock>
  ) -> IPAddress? {
    var candidate = block.first
    for other in others {
      guard other.family == block.family, other.first <= candidate else { break }
      guard other.contains(candidate) else { continue }
      guard other.last < block.last else { return nil }
      candidate = IPAddress(family: block.family, bits: other.last.bits + 1)
    }
    return candidate
  }

  private static func name(of block: CIDRBlock, _ holdsOthers: Bool) -> String {
    if block.isEverything { return name(ofAllOthers: block.family) }
    if block.first == block.last { return "\(block.first)" }
    return holdsOthers ? "others in \(block)" : "\(block)"
  }

  private static func name(ofAllOthers family: IPAddress.Family) -> String {
    "any other IP\(family == .v4 ? "v4" : "v6") address"
  }

  /// An address outside all blocks: one reserved for documentation, if possible.
  private static func elsewhere(
    _ family: IPAddress.Family, _ sorted: [CIDRBlock]
  ) -> IPAddress? {
    let texts: [StaticString] =
      family == .v4 ? ["192.0.2.1", "198.51.100.1"] : ["2001:db8::1"]
    let candidates = texts.map { IPAddress(constant: $0) }
    if let address = candidates.first(where: { address in
      !sorted.contains { $0.contains(address) }
    }) {
      return address
    }
    let start = IPAddress.unspecified(family)
    guard let everything = CIDRBlock(start, prefixLength: 0) else { return nil }
    return first(of: everything, outside: sorted.filter { $0.family == family }[...])
  }
}

extension CIDRBlock {
  fileprivate var isEverything: Bool { prefixLength == 0 }
}
