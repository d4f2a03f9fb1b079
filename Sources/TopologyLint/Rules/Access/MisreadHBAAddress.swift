import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

extension LintRule {
  static let misreadHBAAddress = LintRule(
    "misread-hba-address", .warning, .access,
    summary: "Finds words of HBA records that PostgreSQL reads otherwise than people do.",
    rationale: """
      Keywords are lower case: ALL is a database or a user of that name. A mask has ones for the \
      bits that count, so 0.0.0.255 compares the last byte and no other. IPv4 connections have \
      IPv4 addresses, so a record for ::ffff:172.22.0.1 matches none. What cannot be meant at all, \
      such as 10/8 or 010.0.0.1, is refused when the file is read.
      """,
    bad: [
      """
      hba:
        records:
          - {type: host, databases: [▸ALL◂], users: [▸All◂], address: 172.22.0.0/24, method: scram-sha-256}
          - {type: host, databases: [▸Replication◂], users: [repuser], address: 172.22.0.101/32, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸172.22.0.0 0.0.0.255◂, method: scram-sha-256}
          - {type: host, databases: [demo], users: [app], address: ▸"::ffff:172.22.0.0/120"◂, method: scram-sha-256}
      """
    ],
    good: [
      """
      users:
        admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
        repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
        app: {password: {env: APP_PASSWORD}, databases: [All]}
      hba:
        records:
          - {type: host, databases: [All], users: [all], address: 172.22.0.0 255.255.255.0, method: scram-sha-256}
      """
    ]
  ) { topology, findings in
    let databases = Set(topology.databases.map(\.name))
    let users = Set(topology.users.map(\.name))
    for record in topology.declaredRecords {
      let value = record.value.record
      for (token, range) in zip(value.databases, record.value.databaseRanges) {
        guard let (name, keyword) = token.miscasedDatabaseKeyword, !databases.contains(name) else {
          continue
        }
        findings.reportMiscased(name, keyword, "database", at: range)
      }
      for (token, range) in zip(value.users, record.value.userRanges) {
        guard let (name, keyword) = token.miscasedUserKeyword, !users.contains(name) else {
          continue
        }
        findings.reportMiscased(name, keyword, "user", at: range)
      }
      guard let range = record.value.addressRange, let address = value.address else { continue }
      if let meant = address.oddMaskMeans {
        findings.report(
          .oddMask(address), at: range,
          hint: meant.map { "Write \(name: $0)." }
            ?? "Write a block such as \"172.22.0.0/24\", or allow this rule if the gap is meant.",
          fixes: meant.map { [.write("\($0)", at: range)] } ?? [])
      } else if let block = address.mappedBlock {
        findings.report(
          .mapped(address), at: range, hint: "Write \(name: block).",
          fixes: [.write("\(block)", at: range)])
      }
    }
  }
}

extension LintRule.Findings {
  fileprivate mutating func reportMiscased(
    _ name: String, _ keyword: String, _ kind: String, at range: SourceRange
  ) {
    report(
      .miscased(name, kind), at: range, hint: "Write \(name: keyword): keywords are lower case.",
      fixes: [.write(keyword, at: range)])
  }
}

extension Fix {
  /// Unsafe: the author may have meant what is written.
  fileprivate static func write(_ text: String, at range: SourceRange) -> Fix {
    Fix("Write \(name: text).", .unsafe, replacing: range, with: HintText.flow(text))
  }
}

extension HBAToken {
  /// A name that in lower case would be a keyword of the database field, and that keyword.
  var miscasedDatabaseKeyword: (name: String, keyword: String)? {
    miscased(among: Keyword.allCases)
  }

  /// The same for the user field, where only `all` is one.
  var miscasedUserKeyword: (name: String, keyword: String)? { miscased(among: [.all]) }

  private func miscased(among keywords: [Keyword]) -> (name: String, keyword: String)? {
    guard case .name(let name) = self else { return nil }
    // A name in lower case was quoted, so it is meant.
    return keywords.first { $0.rawValue == name.lowercased() && $0.rawValue != name }
      .map { (name, $0.rawValue) }
  }
}

extension HBAAddress {
  /// For a mask with gaps, the block that was meant if the mask is upside down; otherwise nil.
  fileprivate var oddMaskMeans: CIDRBlock?? {
    guard case .masked(let base, let mask) = self, coveredBlock == nil else { return nil }
    let upright = HBAAddress.masked(
      base, mask: IPAddress(family: mask.family, bits: ~mask.bits & mask.family.allBits))
    return .some(upright.coveredBlock)
  }

  /// The IPv4 block if all of it is IPv4-mapped. PostgreSQL listens with IPV6_V6ONLY
  /// (`ListenServerPort` in pqcomm.c), so no connection has such an address.
  var mappedBlock: CIDRBlock? { coveredBlock?.unmapped }
}

extension IPAddress.Family {
  fileprivate var allBits: UInt128 { self == .v4 ? 0xFFFF_FFFF : .max }
}

extension Diagnostic.Message {
  fileprivate static func miscased(_ name: String, _ kind: String) -> Self {
    "\(name: name) is the name of a \(text: kind) here, not a keyword"
  }

  fileprivate static func oddMask(_ address: HBAAddress) -> Self {
    "the mask of \(name: address.hbaText) is no prefix"
  }

  fileprivate static func mapped(_ address: HBAAddress) -> Self {
    "no connection comes from \(name: address.hbaText): IPv4 connections have IPv4 addresses"
  }
}
