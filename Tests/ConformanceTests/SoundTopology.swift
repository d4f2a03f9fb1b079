import TestSupport
import YAMLSyntax

/// A random topology that a careful author might write: nothing in it breaks or leaks, so
/// any finding is a false alarm.
///
/// Unlike `PropertyTopology`, whose values are those that readers of files trip over, it
/// varies what rules judge: addresses, cascades, synchronous replicas, settings, records.
struct SoundTopology {
  private var random: SeededGenerator
  private let major: Int
  private let nodes: [Node]
  private let hasTLS: Bool
  private let hasIPv6: Bool
  /// The first two numbers of the addresses, and the third.
  private let prefix: String

  private struct Node {
    let name: String
    let host: Int
    /// Nil for the primary.
    let upstream: Int?
  }

  init(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    major = Self.pick([15, 16, 17, 18], &random)
    hasTLS = Bool.random(using: &random)
    hasIPv6 = Int.random(in: 0..<4, using: &random) == 0
    // Private blocks that do not contain Docker's default bridge.
    prefix = Self.pick(
      [
        "10.\(Int.random(in: 0...255, using: &random)).\(Int.random(in: 0...255, using: &random))",
        "172.\(Int.random(in: 18...31, using: &random)).\(Int.random(in: 0...255, using: &random))",
        "192.168.\(Int.random(in: 0...255, using: &random))",
      ], &random)
    let scheme = Self.pick(["node", "pg", "db-", "eu_west-"], &random)
    nodes = (0...Int.random(in: 1...5, using: &random)).map { index in
      Node(
        name: "\(scheme)\(index + 1)", host: 10 + index,
        upstream: index == 0
          ? nil : Self.pick([0, 0, Int.random(in: 0..<index, using: &random)], &random))
    }
    self.random = random
  }

  /// The variables and files that the passwords come from.
  static let environment = [
    "POSTGRES_PASSWORD": "one", "REPLICATION_PASSWORD": "two", "APP_PASSWORD": "three",
    "REPORT_PASSWORD": "four",
  ]

  /// The topology file. Every call generates a different one.
  mutating func yaml() -> String {
    var entries: [YAMLValue.Entry] = [
      .init("version", .integer(1)), .init("name", .string("sound")),
      .init("postgres", postgres()), .init("network", network()), .init("users", users()),
      .init("nodes", .mapping(nodes.map { .init($0.name, node($0)) })),
      .init("clients", clients()), .init("settings", settings()),
    ]
    if let replication = replication() { entries.append(.init("replication", replication)) }
    if let records = records() { entries.append(.init("hba", records)) }
    if isTrue(oneIn: 3) {
      entries.append(
        .init(
          "archive",
          .mapping([.init("volume", .string("wal-archive")), .init("keep", .string("7d"))])))
    }
    if hasTLS {
      entries.append(
        .init(
          "tls",
          .mapping([
            .init("certificate", .string("certs/server.crt")),
            .init("key", .string("certs/server.key")), .init("ca", .string("certs/ca.crt")),
          ])))
    }
    return YAMLValue.mapping(entries.shuffled(using: &random)).text()
  }

  private mutating func postgres() -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("version", .integer(major)),
      .init("image", .string("postgres:\(major)-\(pick(["bookworm", "trixie"]))")),
      .init("database", .string("app")),
    ]
    if isTrue(oneIn: 4) { entries.append(.init("port", .integer(pick([5433, 6432, 15432])))) }
    if isTrue(oneIn: 4) {
      entries.append(
        .init(
          "initdb",
          .mapping([.init("locale", .string("C.UTF-8")), .init("data_checksums", .boolean(true))])))
    }
    return .mapping(entries)
  }

  private mutating func network() -> YAMLValue {
    var entries: [YAMLValue.Entry] = [.init("subnet", .string("\(prefix).0/24"))]
    if isTrue(oneIn: 3) { entries.append(.init("gateway", .string("\(prefix).1"))) }
    if isTrue(oneIn: 3) { entries.append(.init("ip_range", .string("\(prefix).128/25"))) }
    if hasIPv6 { entries.append(.init("subnet6", .string("fd00:22::/64"))) }
    return .mapping(entries)
  }

  private mutating func users() -> YAMLValue {
    func user(_ variable: String, _ more: [YAMLValue.Entry]) -> YAMLValue {
      .mapping([.init("password", .mapping([.init("env", .string(variable))]))] + more)
    }
    func attributes(_ name: String) -> YAMLValue.Entry {
      .init("attributes", .list([.string(name)]))
    }
    return .mapping([
      .init("postgres", user("POSTGRES_PASSWORD", [attributes("superuser")])),
      .init("repuser", user("REPLICATION_PASSWORD", [attributes("replication")])),
      .init(
        "app",
        user("APP_PASSWORD", [.init("databases", .list([.string("app"), .string("jobs")]))])),
      .init(
        "report",
        user("REPORT_PASSWORD", [.init("member_of", .list([.string("pg_read_all_data")]))])),
    ])
  }

  private mutating func node(_ node: Node) -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("role", .string(node.upstream == nil ? "primary" : "replica")),
      .init("ip", .string("\(prefix).\(node.host)")),
    ]
    if hasIPv6 { entries.append(.init("ip6", .string("fd00:22::\(node.host)"))) }
    if let upstream = node.upstream, upstream != 0 || isTrue(oneIn: 2) {
      entries.append(.init("upstream", .string(nodes[upstream].name)))
    }
    if isTrue(oneIn: 4) {
      entries.append(.init("publish", .string("127.0.0.1:\(54000 + node.host)")))
    }
    if isTrue(oneIn: 5) { entries.append(.init("data", .string("./data/\(node.name)"))) }
    if isTrue(oneIn: 4) { entries.append(.init("memory", .string("2GB"))) }
    if isTrue(oneIn: 4) {
      entries.append(
        .init(
          "settings",
          .mapping([
            .init("work_mem", .string("8MB")),
            .init("log_min_duration_statement", .string("250ms")),
          ])
        ))
    }
    return .mapping(entries)
  }

  private mutating func clients() -> YAMLValue {
    func client(_ host: Int, _ user: String, _ database: String) -> YAMLValue {
      var entries: [YAMLValue.Entry] = [.init("ip", .string("\(prefix).\(host)"))]
      if hasIPv6 { entries.append(.init("ip6", .string("fd00:22::\(host)"))) }
      return .mapping(
        entries + [.init("user", .string(user)), .init("database", .string(database))])
    }
    return .mapping([
      .init("backend", client(100, "app", "app")), .init("worker", client(101, "app", "jobs")),
      .init("reports", client(102, "report", pick(["app", "jobs"]))),
    ])
  }

  private mutating func settings() -> YAMLValue {
    let choices: [(String, [YAMLValue])] = [
      ("shared_buffers", [.string("128MB"), .string("1GB"), .string("65536kB")]),
      ("max_connections", [.integer(50), .integer(100), .integer(300)]),
      ("max_worker_processes", [.integer(8), .integer(16)]),
      ("wal_level", [.string("replica"), .string("logical")]),
      ("max_wal_senders", [.integer(16), .integer(20)]),
      ("max_replication_slots", [.integer(16)]),
      ("wal_keep_size", [.string("512MB"), .string("1GB")]),
      ("random_page_cost", [.string("1.1"), .integer(4)]),
      ("synchronous_commit", [.string("on"), .string("remote_apply")]),
      ("log_line_prefix", [.string("%m [%p] %q%u@%d ")]),
      ("shared_preload_libraries", [.string("pg_stat_statements")]),
      ("pg_stat_statements.track", [.string("all")]),
      ("autovacuum", [.string("on")]), ("jit", [.boolean(false)]),
      ("statement_timeout", [.string("30s"), .string("5min")]),
      ("timezone", [.string("UTC"), .string("Europe/Berlin")]),
      ("wal_compression", [.string("on"), .string("lz4")]),
      ("search_path", [.string("\"$user\", public, app")]),
    ]
    var entries: [YAMLValue.Entry] = [
      .init("max_slot_wal_keep_size", pick([.string("4GB"), .string("100GB")]))
    ]
    for (name, values) in choices where isTrue(oneIn: 3) {
      entries.append(.init(name, pick(values)))
    }
    return .mapping(entries.shuffled(using: &random))
  }

  private mutating func replication() -> YAMLValue? {
    let direct = nodes.filter { $0.upstream == 0 }.map(\.name)
    var entries: [YAMLValue.Entry] = []
    if isTrue(oneIn: 3) { entries.append(.init("user", .string("repuser"))) }
    if direct.count > 1, isTrue(oneIn: 2) {
      entries.append(
        .init(
          "synchronous",
          .mapping(
            [
              .init("method", .string(pick(["any", "first"]))),
              .init("count", .integer(Int.random(in: 1..<direct.count, using: &random))),
            ]
              + (isTrue(oneIn: 2)
                ? [.init("replicas", .list(direct.shuffled(using: &random).map(YAMLValue.string)))]
                : []))))
    }
    return entries.isEmpty ? nil : .mapping(entries)
  }

  /// The author's own records, each of which somebody needs.
  private mutating func records() -> YAMLValue? {
    guard isTrue(oneIn: 2) else { return nil }
    let type = hasTLS ? "hostssl" : "host"
    func record(_ database: String, _ user: String, _ address: String) -> YAMLValue {
      .line([
        .init("type", .string(type)), .init("databases", .list([.string(database)])),
        .init("users", .list([.string(user)])), .init("address", .string(address)),
        .init("method", .string("scram-sha-256")),
      ])
    }
    let all = [
      record("app", "app", "\(prefix).100/32"), record("jobs", "app", "\(prefix).101/32"),
      record("replication", "repuser", "\(prefix).\(nodes[0].host)/32"),
    ]
    let count = Int.random(in: 1...all.count, using: &random)
    return .mapping([
      .init("records", .list(Array(all.shuffled(using: &random).prefix(count))))
    ])
  }

  private mutating func isTrue(oneIn count: Int) -> Bool {
    Int.random(in: 0..<count, using: &random) == 0
  }

  private mutating func pick<Value>(_ values: [Value]) -> Value { Self.pick(values, &random) }

  private static func pick<Value>(_ values: [Value], _ random: inout SeededGenerator) -> Value {
    values[Int.random(in: 0..<values.count, using: &random)]
  }
}
