import PostgreSQL
import TestSupport

/// A generated pg_hba.conf with the files that it names. Its records are made for some of
/// the clients that will connect, and then mostly miss them by a little.
struct AdmissionFile {
  /// The method of the records.
  enum Methods {
    /// `trust` or `reject`, as generated.
    case deciding
    /// `password`, so that a matching record makes the server log its line.
    case telling
  }

  private struct Record {
    let text: String
    let method: String
    /// Whether it is in the included file.
    let isIncluded: Bool

    func line(_ methods: Methods) -> String {
      "\(text) \(methods == .deciding ? method : "password")\n"
    }
  }

  private var records: [Record] = []
  private let major: PostgresMajor
  static let includedName = "included.conf"
  static let listName = "names"

  init(for clients: [AdmissionClient], _ major: PostgresMajor, _ random: inout SeededGenerator) {
    self.major = major
    let count = Int.random(in: 3...12, using: &random)
    // Consecutive records, so that the order of lines is the order of records.
    let included =
      major >= 16 && Bool.random(using: &random)
      ? 1..<Int.random(in: 2...(count - 1), using: &random) : 0..<0
    for index in 0..<count {
      let text = Self.record(for: clients.pick(&random), major, &random)
      let method = Bool.random(using: &random) ? "trust" : "reject"
      records.append(
        Record(text: text, method: method, isIncluded: included.contains(index)))
    }
  }

  /// The text of pg_hba.conf.
  func text(_ methods: Methods) -> String {
    var lines = ["# generated\n"]
    var hasInclude = false
    for record in records {
      if !record.isIncluded {
        lines.append(record.line(methods))
      } else if !hasInclude {
        hasInclude = true
        lines.append("include \(Self.includedName)\n")
      }
    }
    return lines.joined()
  }

  func includedText(_ methods: Methods) -> String {
    "\n" + records.filter(\.isIncluded).map { $0.line(methods) }.joined()
  }

  /// The file that `@names` refers to.
  static let listText = "app, \"my app\"\n# others\nshop replication\n"
}

extension AdmissionFile {
  private static func record(
    for client: AdmissionClient, _ major: PostgresMajor, _ random: inout SeededGenerator
  ) -> String {
    let isLocal = client.source == nil
    let isOther = Int.random(in: 0..<12, using: &random) == 0
    let networkTypes = ["host", "host", "host", "hostssl", "hostnossl", "hostnogssenc"]
    let type =
      isLocal != isOther
      ? "local"
      : client.hasTLS || isLocal
        ? (networkTypes + ["hostssl"]).pick(&random) : (networkTypes + ["hostgssenc"]).pick(&random)
    var fields = [type, databases(client, major, &random), users(client, major, &random)]
    if type != "local" { fields.append(address(client, &random)) }
    return fields.joined(separator: "\t")
  }

  private static func list(
    _ own: [String], _ others: [String], _ random: inout SeededGenerator
  ) -> String {
    let count = [1, 1, 1, 2, 3].pick(&random)
    return (0..<count).map { _ in
      Int.random(in: 0..<4, using: &random) > 0 ? own.pick(&random) : others.pick(&random)
    }.joined(separator: [",", ", "].pick(&random))
  }

  private static func databases(
    _ client: AdmissionClient, _ major: PostgresMajor, _ random: inout SeededGenerator
  ) -> String {
    var own = [quoted(client.database), "all", "all"]
    if client.replication == .physical { own += ["replication", "replication"] }
    if client.database == client.user { own.append("sameuser") }
    if AdmissionRoles.memberships(of: client.user).contains(client.database) {
      own += ["samerole", "samegroup"]
    }
    let others =
      ["sameuser", "samerole", "samegroup", "replication", #""all""#, #""replication""#]
      + ["@\(listName)", "+staff", "SHOP", "sh", #""sameuser""#, #""@\#(listName)""#]
      + ["/^sh", #""/^shop db$""#, "/^(shop|app)$", "/.", "/^[A-Z]", #""/^\\w+ \\w+$""#]
      + [quoted(AdmissionClient.databases.pick(&random))]
    return list(own, others, &random)
  }

  private static func users(
    _ client: AdmissionClient, _ major: PostgresMajor, _ random: inout SeededGenerator
  ) -> String {
    let roles = AdmissionRoles.memberships(of: client.user).sorted() + ["staff"]
    let own = [quoted(client.user), "all", "all", "+" + quoted(roles.pick(&random))]
    let others =
      ["+staff", #"+"Eng Team""#, #""+staff""#, "+bob", "+boss", "+audit", "APP", "a"]
      + ["@\(listName)", #""all""#, "replication", "samerole", "sameuser", "+absent"]
      + ["/^a", "/^(app|bob)$", #""/^my ""#, "/ë$", "/^l{63}$", "/[[:upper:]]"]
      + [quoted(AdmissionRoles.users.pick(&random))]
    return list(own, others, &random)
  }

  private static func address(
    _ client: AdmissionClient, _ random: inout SeededGenerator
  ) -> String {
    let others = [
      "::1/128", "::/0", "::1 ffff::1", "::2/127", "::ffff:127.0.0.1/96", "0.0.0.0/0",
      "127.0.0.0/8", "127.0.0.1/32", "127.0.0.0/9", "127.128.0.0/9", "10.0.0.0/8", "samehost",
      "samenet", "127.0.0.2 255.0.0.255", "127.0.1.0 255.0.255.0", "127.2.0.0 0.255.0.1",
    ]
    let choice = Int.random(in: 0..<10, using: &random)
    guard let source = client.source, choice > 2 else {
      return choice == 0 ? "all" : others.pick(&random)
    }
    guard !source.contains(":") else {
      return choice < 6 ? "::1/128" : "::\(["0", "1", "3"].pick(&random))/\(120 + choice - 2)"
    }
    var octets = source.split(separator: ".").compactMap { Int($0) }
    // A length that ends at the bit that may differ, or one before it.
    let bit = Int.random(in: 8..<32, using: &random)
    if Bool.random(using: &random) { octets[bit / 8] ^= 0x80 >> (bit % 8) }
    let address = octets.map(String.init).joined(separator: ".")
    let mask = ["255.255.255.0", "255.255.0.255", "255.0.0.1", "254.0.3.0", "0.0.0.0"]
    return choice < 5 ? "\(address) \(mask.pick(&random))" : "\(address)/\(bit + choice % 2)"
  }

  /// Always quoted; in quotes, even a keyword is a name.
  private static func quoted(_ name: String) -> String {
    "\"\(name.replacing("\"", with: "\"\""))\""
  }
}
