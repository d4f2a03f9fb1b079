package import IPAddressing
import SourceText

/// Finds earlier records that leave nothing for a later one.
///
/// It compares meanings: types, keywords, memberships and masks. A positive answer is
/// certain; about host names and regular expressions it uses only what is certain.
package struct HBACovering: Sendable {
  /// For every role, the roles that it is a member of, directly or indirectly.
  private let memberships: [String: Set<String>]
  /// The kinds of encryption that a connection can have.
  private let encryptions: [HBAConnection.Encryption]

  /// - Parameter tls: Whether the server speaks TLS.
  package init(memberships: [String: Set<String>], tls: Bool) {
    self.memberships = memberships
    encryptions = tls ? [.none, .tls, .gss] : [.none, .gss]
  }

  /// The positions of records that together take every connection that a later record could
  /// match, or nil if something may be left for it.
  ///
  /// The record is split into single words and single kinds of encryption, and each
  /// combination has to be covered by one of the others.
  package func covering(
    _ record: HBARecord, by earlier: some Collection<(position: Int, record: HBARecord)>
  ) -> [Int]? {
    let candidates = earlier.filter { covers($0.record.address, record.address) }
    guard !candidates.isEmpty else { return nil }
    var positions: Set<Int> = []
    for type in types(of: record) {
      for database in record.databases {
        for user in record.users {
          let cover = candidates.first {
            types(of: $0.record).contains(type) && covers($0.record, database, user)
          }
          guard let cover else { return nil }
          positions.insert(cover.position)
        }
      }
    }
    return positions.isEmpty ? nil : positions.sorted()
  }

  /// How a connection can arrive: over the socket, or with an encryption.
  private enum Arrival: Hashable {
    case local
    case tcp(HBAConnection.Encryption)
  }

  private func types(of record: HBARecord) -> [Arrival] {
    switch record.connectionType {
    case .local: [.local]
    case .host: encryptions.map(Arrival.tcp)
    case .hostssl: encryptions.filter { $0 == .tls }.map(Arrival.tcp)
    case .hostnossl: encryptions.filter { $0 != .tls }.map(Arrival.tcp)
    case .hostgssenc: encryptions.filter { $0 == .gss }.map(Arrival.tcp)
    case .hostnogssenc: encryptions.filter { $0 != .gss }.map(Arrival.tcp)
    }
  }

  /// Local records have no address, and only local records cover them.
  private func covers(_ wide: HBAAddress?, _ narrow: HBAAddress?) -> Bool {
    switch (wide, narrow) {
    case (nil, nil): true
    case (nil, _), (_, nil): false
    case (.all, _): true
    // The server's own addresses are in the networks of its interfaces.
    case (.samenet, .samehost): true
    case (let wide?, let narrow?):
      if let wide = wide.pattern, let narrow = narrow.pattern {
        wide.base.family == narrow.base.family && wide.mask & ~narrow.mask == 0
          && (wide.base.bits ^ narrow.base.bits) & wide.mask == 0
      } else {
        wide == narrow
      }
    }
  }

  /// Whether a record certainly matches every connection to such a database by such a user.
  private func covers(_ wide: HBARecord, _ database: HBAToken, _ user: HBAToken) -> Bool {
    wide.users.contains { covers(user: $0, user) }
      && wide.databases.contains { covers(database: $0, database, of: user) }
  }

  private func covers(user wide: HBAToken, _ narrow: HBAToken) -> Bool {
    switch (wide, narrow) {
    case (.keyword(.all), _): true
    case (.regex(let wide), .regex(let narrow)): wide.hasSameBytes(as: narrow)
    case (.group(let wide), .group(let narrow)): isMember(narrow, of: wide)
    case (.group(let role), _): narrow.roleName.map { isMember($0, of: role) } ?? false
    case (.regex(let pattern), _): narrow.roleName.map { surelyMatches(pattern, $0) } ?? false
    default:
      if let wide = wide.roleName, let narrow = narrow.roleName {
        wide.hasSameBytes(as: narrow)
      } else {
        false
      }
    }
  }

  private func covers(database wide: HBAToken, _ narrow: HBAToken, of user: HBAToken) -> Bool {
    switch (wide, narrow) {
    case (.keyword(.replication), _), (_, .keyword(.replication)): return wide == narrow
    case (.keyword(.all), _): return true
    case (.keyword(.samerole), .keyword), (.keyword(.samegroup), .keyword):
      return narrow != .keyword(.all)
    case (.keyword(.sameuser), .keyword): return narrow == wide
    case (.regex(let wide), .regex(let narrow)): return wide.hasSameBytes(as: narrow)
    default:
      // For a single user, sameuser means a single database.
      let name = narrow == .keyword(.sameuser) ? user.roleName : narrow.databaseName
      guard let name else { return false }
      return covers(database: wide, named: name, of: user)
    }
  }

  private func covers(database wide: HBAToken, named name: String, of user: HBAToken) -> Bool {
    switch wide {
    case .keyword(.sameuser): user.roleName.map { $0.hasSameBytes(as: name) } ?? false
    case .keyword(.samerole), .keyword(.samegroup):
      switch user {
      case .group(let role): isMember(role, of: name)
      default: user.roleName.map { isMember($0, of: name) } ?? false
      }
    case .regex(let pattern): surelyMatches(pattern, name)
    default: wide.databaseName.map { $0.hasSameBytes(as: name) } ?? false
    }
  }

  private func isMember(_ user: String, of role: String) -> Bool {
    user.hasSameBytes(as: role)
      || memberships[user]?.contains { $0.hasSameBytes(as: role) } == true
  }

  private func surelyMatches(_ pattern: String, _ name: String) -> Bool {
    (try? HBAPattern(pattern))?.matches(name) == true
  }
}

extension HBAToken {
  /// The single role that the word stands for in the user field.
  fileprivate var roleName: String? {
    switch self {
    case .keyword(.all), .group, .regex: nil
    case .keyword(let keyword): keyword.rawValue
    case .name(let name): name
    }
  }

  /// The single database that the word stands for in the database field.
  fileprivate var databaseName: String? {
    switch self {
    case .keyword, .regex: nil
    case .group(let role): "+" + role
    case .name(let name): name
    }
  }
}

extension HBAAddress {
  /// The bits that an address must have, and which of them count. Nil for keywords and names.
  package var pattern: (base: IPAddress, mask: UInt128)? {
    switch self {
    case .block(let block):
      (block.address, ~(block.first.bits ^ block.last.bits) & block.family.allBits)
    case .masked(let address, let mask): (address, mask.bits)
    case .all, .samehost, .samenet, .hostName: nil
    }
  }

  /// The block of addresses that the field matches, if it is one: no keyword, no host name,
  /// and no mask with gaps.
  package var coveredBlock: CIDRBlock? {
    guard let pattern else { return nil }
    let family = pattern.base.family
    let hostMask = ~pattern.mask & family.allBits
    guard hostMask & (hostMask &+ 1) == 0 else { return nil }
    return CIDRBlock(
      IPAddress(family: family, bits: pattern.base.bits & pattern.mask),
      prefixLength: family.bitWidth - (128 - hostMask.leadingZeroBitCount))
  }
}

extension IPAddress.Family {
  fileprivate var allBits: UInt128 { self == .v4 ? 0xFFFF_FFFF : .max }
}
