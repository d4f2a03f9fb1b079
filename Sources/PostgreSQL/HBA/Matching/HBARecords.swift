import IPAddressing

/// The records of one pg_hba.conf, in order, indexed for looking up many connections.
///
/// A decision examines only records whose address may match: those for each block that
/// contains the client, found with one look-up per prefix length that occurs, and those
/// without a block. Where many records share a block, `HBARecordGroup` narrows them down by
/// user and database. The results are the same as those of the plain walk.
package struct HBARecords: Sendable {
  private let records: [PreparedHBARecord]
  private let names: HBANameTable
  private var local = HBARecordGroup()
  /// Records for `all`, `samehost`, `samenet` and host names.
  private var anywhere = HBARecordGroup()
  private var masks: [Mask: [UInt128: HBARecordGroup]] = [:]

  /// The bits of an address that a record compares; for a block, the mask is a prefix.
  private struct Mask: Hashable {
    let family: IPAddress.Family
    let bits: UInt128
  }

  package init(_ records: some Sequence<HBARecord>) {
    let records = Array(records)
    var names = HBANameTable()
    self.records = records.map(PreparedHBARecord.init)
    for (number, record) in records.enumerated() {
      func append(to group: inout HBARecordGroup) { group.append(number, of: records, &names) }
      switch (record.connectionType, record.address?.comparison) {
      case (.local, _): append(to: &local)
      case (_, let comparison?):
        let mask = Mask(family: comparison.base.family, bits: comparison.mask)
        append(
          to: &masks[mask, default: [:]][
            comparison.base.bits & mask.bits, default: HBARecordGroup()])
      case (_, nil): append(to: &anywhere)
      }
    }
    self.names = names
  }

  package var count: Int { records.count }

  /// The first record that matches, or for which only the server can decide; nil if every
  /// record certainly does not match.
  package func first(
    for connection: HBAConnection, at server: ServerAddresses? = nil
  ) -> (number: Int, match: HBAMatch)? {
    var best: (number: Int, match: HBAMatch)?
    let question = HBAQuestion(connection, names)
    func look(in group: HBARecordGroup) {
      group.forEachList(for: question) { numbers in
        for number in numbers {
          guard number < best?.number ?? .max else { return }
          let match = records[number].match(connection, at: server)
          if case .no = match { continue }
          best = (number, match)
          return
        }
      }
    }
    guard case .tcp(let client, _) = connection.type else {
      look(in: local)
      return best
    }
    look(in: anywhere)
    for (mask, groups) in masks where mask.family == client.family {
      if let group = groups[client.bits & mask.bits] { look(in: group) }
    }
    return best
  }

  /// The same, with the reasons for every record if none matches.
  package func decide(
    _ connection: HBAConnection, at server: ServerAddresses? = nil
  ) -> HBADecision {
    switch first(for: connection, at: server) {
    case nil: .none(mismatches: mismatches(before: count, connection, at: server))
    case (let number, .yes)?: .record(number, records[number].method)
    case (let number, _)?: .unknown(number)
    }
  }

  /// Why the records before one do not match a connection.
  package func mismatches(
    before number: Int, _ connection: HBAConnection, at server: ServerAddresses? = nil
  ) -> [HBAMismatch] {
    records[..<number].compactMap { record in
      if case .no(let mismatch) = record.match(connection, at: server) { mismatch } else { nil }
    }
  }
}

extension HBAAddress {
  /// The value to compare with the client's address, and the bits to compare.
  fileprivate var comparison: (base: IPAddress, mask: UInt128)? {
    switch self {
    case .block(let block): (block.address, ~(block.first.bits ^ block.last.bits))
    case .masked(let base, let mask): (base, mask.bits)
    case .all, .samehost, .samenet, .hostName: nil
    }
  }
}
