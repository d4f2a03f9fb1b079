/// Records for the same addresses. A small group is walked; in a large one, records for
/// other users and databases are skipped.
struct HBARecordGroup: Sendable {
  /// All records, in order.
  private var numbers: [Int] = []
  /// Empty while the group is small.
  private var lists: [HBASelectors.Key: [Int]] = [:]

  /// The largest group that is walked rather than indexed.
  private static let walked = 8

  /// Must be called in the order of the file.
  mutating func append(_ number: Int, of records: [HBARecord], _ names: inout HBANameTable) {
    numbers.append(number)
    guard numbers.count > Self.walked else { return }
    // The first one too many is filed with all before it.
    for number in numbers.count == Self.walked + 1 ? numbers[...] : numbers.suffix(1) {
      for key in HBASelectors(records[number], &names).keys {
        lists[key, default: []].append(number)
      }
    }
  }

  /// Lists of records, each in order, that together contain every record that may match.
  func forEachList(for question: HBAQuestion, _ body: ([Int]) -> Void) {
    guard !lists.isEmpty else { return body(numbers) }
    for type in question.types {
      for user in question.users {
        for database in question.databases {
          let key = HBASelectors.Key(type: type, user: user, database: database)
          if let list = lists[key] { body(list) }
        }
      }
    }
  }
}

/// Numbers for the names that occur in the records of one file.
///
/// Names that Swift considers equal share a number even if their bytes differ; then a
/// record too many is examined, but never one too few.
struct HBANameTable: Sendable {
  private var numbers: [String: Int] = [:]

  subscript(name: String) -> Int? { numbers[name] }

  mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }
}

/// The keys of a record in the index: what its type, user and database fields can match.
struct HBASelectors: Sendable {
  enum User: Hashable, Sendable {
    case any
    case name(Int)
    case group(Int)
  }

  enum Database: Hashable, Sendable {
    /// Any database, and physical replication.
    case anything
    /// Any database, but not physical replication.
    case any
    case name(Int)
    case sameuser, samerole, replication
  }

  struct Key: Hashable, Sendable {
    let type: HBAConnectionType
    let user: User
    let database: Database
  }

  let keys: [Key]

  /// The maximum number of keys per record, unless it names more users than that.
  private static let maximumCount = 16

  init(_ record: HBARecord, _ names: inout HBANameTable) {
    var users = Set(record.users.map { User($0, &names) })
    if users.contains(.any) { users = [.any] }
    var databases = Set(record.databases.map { Database($0, &names) })
    if databases.contains(.any) { databases.formIntersection([.any, .replication]) }
    if databases.count > 1, users.count * databases.count > Self.maximumCount {
      databases = [.anything]
    }
    keys = users.flatMap { user in
      databases.map { Key(type: record.connectionType, user: user, database: $0) }
    }
  }
}

extension HBASelectors.User {
  fileprivate init(_ token: HBAToken, _ names: inout HBANameTable) {
    switch token {
    case .keyword(.all), .regex: self = .any
    case .keyword(let keyword): self = .name(names.number(of: keyword.rawValue))
    case .group(let role): self = .group(names.number(of: role))
    case .name(let name): self = .name(names.number(of: name))
    }
  }
}

extension HBASelectors.Database {
  fileprivate init(_ token: HBAToken, _ names: inout HBANameTable) {
    switch token {
    case .keyword(.all), .regex: self = .any
    case .keyword(.sameuser): self = .sameuser
    case .keyword(.samerole), .keyword(.samegroup): self = .samerole
    case .keyword(.replication): self = .replication
    case .group(let role): self = .name(names.number(of: "+" + role))
    case .name(let name): self = .name(names.number(of: name))
    }
  }
}

/// The keys to look up for a connection.
struct HBAQuestion {
  let types: [HBAConnectionType]
  let users: [HBASelectors.User]
  let databases: [HBASelectors.Database]

  init(_ connection: HBAConnection, _ names: HBANameTable) {
    types = HBAConnectionType.allCases.filter { $0.covers(connection.type) }
    let roles = connection.memberships.union([connection.user])
    let groups = roles.compactMap { names[$0] }.map(HBASelectors.User.group)
    users = [.any] + (names[connection.user].map { [.name($0)] } ?? []) + groups
    switch connection.target {
    case .physicalReplication: databases = [.anything, .replication]
    case .database(let database):
      databases =
        [.anything, .any, .sameuser, .samerole] + (names[database].map { [.name($0)] } ?? [])
    }
  }
}
