/// Records that are about the same addresses. A few are walked; of many, those about other
/// users and databases are passed over.
struct HBARecordGroup: Sendable {
  /// All of them, in order.
  private var numbers: [Int] = []
  private var selectors: [HBASelectors] = []
  /// Empty while the group is small.
  private var lists: [HBASelectors.Key: [Int]] = [:]

  /// The most records that are walked rather than looked up.
  private static let walked = 8

  /// Takes them in the order of the file.
  mutating func append(_ number: Int, _ selectors: HBASelectors) {
    numbers.append(number)
    if numbers.count <= Self.walked {
      self.selectors.append(selectors)
      return
    }
    for (number, selectors) in zip(numbers, self.selectors) { file(number, selectors) }
    self.selectors = []
    file(number, selectors)
  }

  private mutating func file(_ number: Int, _ selectors: HBASelectors) {
    for key in selectors.keys { lists[key, default: []].append(number) }
  }

  /// Lists of records, each in order, that together hold every record that may match.
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

/// The names that occur in the records of one file, as numbers.
///
/// Names that Swift takes for equal share a number although their bytes may differ: a record
/// too many is looked at, and none too few.
struct HBANameTable: Sendable {
  private var numbers: [String: Int] = [:]

  subscript(name: String) -> Int? { numbers[name] }

  mutating func number(of name: String) -> Int {
    if let number = numbers[name] { return number }
    numbers[name] = numbers.count
    return numbers.count - 1
  }
}

/// Where a record is filed: under what its type, user and database fields can match.
struct HBASelectors: Sendable {
  enum User: Hashable, Sendable {
    case any
    case name(Int)
    case group(Int)
  }

  enum Database: Hashable, Sendable {
    /// Any, and physical replication.
    case anything
    /// Any, but not physical replication.
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

  /// A record is filed under no more keys than this, unless it names more users.
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

/// What to look for on behalf of a connection.
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
