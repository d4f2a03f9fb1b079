import Foundation
import IPAddressing
import PostgreSQL
import TestSupport

/// A client that asks a server to be let in.
struct AdmissionClient: Hashable {
  enum Replication: String { case physical = "true", logical = "database" }

  /// Nil over the socket.
  let source: String?
  let hasTLS: Bool
  let user: String
  let database: String
  let replication: Replication?

  static let databases =
    ["shop", "Shop", "shop db", #"sh"op"#, "sameuser", "/^sh"] + AdmissionRoles.names

  init(_ random: inout SeededGenerator) {
    switch Int.random(in: 0..<10, using: &random) {
    case 0, 1: source = nil
    case 2, 3: source = "::1"
    default:
      let octets = (0..<3).map { _ in ["0", "1", "2", "77", "128", "254"].pick(&random) }
      let address = octets.joined(separator: ".")
      source = "127." + (address == "0.0.0" ? "0.0.1" : address)
    }
    hasTLS = source != nil && Bool.random(using: &random)
    user = AdmissionRoles.users.pick(&random)
    // Keywords compare the database with the user and with roles.
    let isOwn = Int.random(in: 0..<4, using: &random) == 0
    let others = Array(AdmissionRoles.memberships(of: user)).sorted() + [user]
    database = isOwn && user != "nobody" ? others.pick(&random) : Self.databases.pick(&random)
    replication =
      switch Int.random(in: 0..<8, using: &random) {
      case 0, 1: .physical
      case 2: .logical
      default: nil
      }
  }

  /// Clients for one file: some random ones, and others that differ from one of those in
  /// one respect.
  static func clients(_ count: Int, _ random: inout SeededGenerator) -> [AdmissionClient] {
    let models = (0..<4).map { _ in AdmissionClient(&random) }
    return models
      + (4..<count).map { _ in models.pick(&random).varied(by: AdmissionClient(&random), &random) }
  }

  private func varied(
    by other: AdmissionClient, _ random: inout SeededGenerator
  ) -> AdmissionClient {
    let choice = Int.random(in: 0..<4, using: &random)
    return AdmissionClient(
      source: choice == 0 ? other.source : source, hasTLS: choice == 0 ? other.hasTLS : hasTLS,
      user: choice == 1 ? other.user : user, database: choice == 2 ? other.database : database,
      replication: choice == 3 ? other.replication : replication)
  }

  private init(
    source: String?, hasTLS: Bool, user: String, database: String, replication: Replication?
  ) {
    (self.source, self.hasTLS, self.user) = (source, hasTLS, user)
    (self.database, self.replication) = (database, replication)
  }

  /// The connection as passed to the simulator.
  func connection() throws -> HBAConnection {
    let kind: HBAConnection.Kind =
      try source.map { .tcp(address: try IPAddress($0), tls: hasTLS) } ?? .local
    return HBAConnection(
      type: kind,
      target: replication == .physical
        ? .physicalReplication : .database(AdmissionRoles.name(of: database)),
      user: AdmissionRoles.name(of: user),
      memberships: AdmissionRoles.memberships(of: AdmissionRoles.name(of: user)))
  }
}

extension AdmissionClient {
  /// Connects to a server, one client after the other; nil for a client that was let in,
  /// otherwise the error.
  static func ask(_ server: PostgresServer, _ clients: [AdmissionClient]) throws -> [String?] {
    let program = try String(
      contentsOf: Repository.root.appending(path: "Tests/Clients/connect.py"), encoding: .utf8)
    let questions = clients.map { client in
      Question(
        socket: client.source == nil ? server.socket : nil,
        host: client.source?.contains(":") == true ? "::1" : "127.0.0.1", port: server.port,
        source: client.source, tls: client.hasTLS, user: client.user,
        database: client.replication == .physical ? nil : client.database,
        replication: client.replication?.rawValue, password: "wrong")
    }
    let encoder = JSONEncoder()
    let output = try PythonScript.run(program, input: try encoder.encode(questions))
    return try JSONDecoder().decode([String?].self, from: output)
  }

  private struct Question: Encodable {
    let socket: String?
    let host: String
    let port: Int
    let source: String?
    let tls: Bool
    let user: String
    let database: String?
    let replication: String?
    let password: String

    /// No field is left out: the program requires all of them.
    func encode(to encoder: any Encoder) throws {
      var container = encoder.container(keyedBy: CodingKeys.self)
      try container.encode(socket, forKey: .socket)
      try container.encode(host, forKey: .host)
      try container.encode(port, forKey: .port)
      try container.encode(source, forKey: .source)
      try container.encode(tls, forKey: .tls)
      try container.encode(user, forKey: .user)
      try container.encode(database, forKey: .database)
      try container.encode(replication, forKey: .replication)
      try container.encode(password, forKey: .password)
    }

    private enum CodingKeys: String, CodingKey {
      case socket, host, port, source, tls, user, database, replication, password
    }
  }
}

extension Array {
  /// A random one; must not be called on an empty array.
  func pick(_ random: inout SeededGenerator) -> Element {
    self[Int.random(in: indices, using: &random)]
  }
}
