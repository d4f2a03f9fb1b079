import TestSupport
import YAMLSyntax

/// A random topology: the values that every reader of its rendered files must find.
struct PropertyTopology {
  struct User {
    var name: String
    var attributes: [String]
    var password: String
    /// How the file names the password: `literal`, `env` or `file`, and the text after it.
    var source: (key: String, text: String)
    var memberOf: [String]
    var databases: [String]
  }

  struct Node {
    var name: String
    var address: String
    var image: String
    var upstream: String?
    var data: String?
  }

  struct Client {
    var name: String
    var user: Int
    var database: String
  }

  let name: String
  let major: Int
  let port: Int
  let database: String
  let encoding: String
  let locale: String
  let initFolder: String
  let networkName: String
  let users: [User]
  let nodes: [Node]
  let clients: [Client]
  let settings: [(name: String, value: String)]
  /// The users, databases and map names of the author's HBA records.
  let records: [(databases: [String], users: [String], map: String?)]
  let archive: String?
  let certificate: (file: String, key: String)?

  /// The first user is the superuser, the second replicates.
  init(seed: UInt64, port: Int) {
    var text = PropertyText(random: SeededGenerator(seed: seed))
    self.port = port
    name = text.hostName()
    major = text.pick([14, 15, 16, 17, 18])
    database = text.name()
    encoding = text.text()
    locale = text.text()
    initFolder = text.path()
    networkName = text.pick(["on", "null", "0x10", "my_network", "1.5", "no", "A-b.c_d"])
    users = Self.users(&text, seed, database)
    nodes = Self.nodes(&text)
    settings = Self.settings(&text)
    records = Self.records(&text)
    archive = text.isTrue(oneIn: 3) ? text.path() : nil
    certificate = text.isTrue(oneIn: 5) ? (text.path(), "/" + text.path()) : nil
    let databases = [database] + users.flatMap(\.databases)
    let names = text.different(3) { $0.hostName() }
    clients = users.indices.map {
      Client(name: names[$0], user: $0, database: text.pick(databases))
    }
  }

  private static func users(
    _ text: inout PropertyText, _ seed: UInt64, _ database: String
  ) -> [User] {
    let names = text.different(3) { $0.name() }
    // Few, since creating one takes a server longer than everything else.
    let databases = [text.name()].filter { $0 != database }
    return names.enumerated().map { index, name in
      let password = text.text(tabs: true)
      let source =
        switch text.pick(["literal", "literal", "env", "file"]) {
        case "env": (key: "env", text: "PASSWORD_\(seed)_\(index)")
        case "file": (key: "file", text: "\(index)-" + text.path())
        default: (key: "literal", text: password)
        }
      return User(
        name: name,
        attributes: [["superuser"], ["replication"], ["createdb", "createrole"]][index],
        password: password, source: source,
        memberOf: index == 2 ? [names[1], "pg_read_all_data"] : [],
        databases: Array(([database] + databases).filter { _ in text.isTrue(oneIn: 3) }))
    }
  }

  private static func nodes(_ text: inout PropertyText) -> [Node] {
    let names = text.different(3) { $0.hostName() }
    return names.enumerated().map { index, name in
      let digest = (0..<64).map { _ in text.pick(["0", "5", "a", "f"]) }.joined()
      let images = [
        "postgres:17-bookworm", "registry.example.com:5000/db/postgres:17@sha256:\(digest)",
        "postgres@sha256:\(digest)", "0x10:1e3",
      ]
      return Node(
        name: name, address: "10.9.8.\(100 + index)", image: text.pick(images),
        upstream: index == 0 ? nil : names[text.pick(Array(0..<index))],
        data: text.isTrue(oneIn: 2) ? "\(index)-" + text.path() : nil)
    }
  }

  /// Names of an extension accept any value; for the server's own settings, it says when
  /// one is wrong.
  private static func settings(_ text: inout PropertyText) -> [(name: String, value: String)] {
    let names = [
      "archive_command", "cluster_name", "log_line_prefix", "search_path", "x.y", "pgtopo.a_7",
      "synchronous_standby_names", "work_mem", "include.include", "_a._b",
    ]
    return names.map { name in
      var value = text.isTrue(oneIn: 12) ? "" : text.text(tabs: true)
      if text.isTrue(oneIn: 6) { value += "\n" + text.text(tabs: true) }
      return (name, value)
    }
  }

  private static func records(
    _ text: inout PropertyText
  ) -> [(databases: [String], users: [String], map: String?)] {
    (0..<4).map { _ in
      (
        text.different(2) { $0.name() }, text.different(2) { $0.name() },
        text.isTrue(oneIn: 2) ? text.text(tabs: true) : nil
      )
    }
  }
}
