import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender

/// The parsers that applications use read the rendered URLs, and agree about them.
@Suite(.enabled(if: URLReaders.areAvailable)) struct ClientURLTests {
  @Test(arguments: [
    ("app", "app", "literal: secret"), ("app", "app", "env: APP_PASSWORD"),
    ("o'neil@corp:x/y?z#[a]", "my db/1%20+x", "literal: 'p @:/?#[]%41+&=,\"\\'"),
    ("müller", "größe", "literal: ☃ & $HOME"),
  ])
  func everyReaderFindsTheSame(_ user: String, _ database: String, _ password: String) throws {
    for tls in ["", "tls: {certificate: a.crt, key: a.key}\n"] {
      let urls = try urls(user: user, database: database, password: password, tls)
      try #require(urls.count == 2)
      let literal = password.hasPrefix("literal: ") ? String(password.dropFirst(9)) : nil
      let expected = ["read-write", "prefer-standby"].map { target in
        URLReaders.Reading(
          user: user, password: literal?.trimmingCharacters(in: ["'"]), database: database,
          hosts: ["primary", "replica-1"], ports: [5433, 5433], target: target,
          sslmode: tls.isEmpty ? nil : "require")
      }
      for (expected, answers) in zip(expected, try URLReaders.readings(of: urls)) {
        #expect(answers.count == 5)
        for (reader, answer) in answers {
          #expect(answer.reading == expected, "\(reader): \(answer.error ?? "")")
        }
      }
    }
  }

  /// As Compose passes them to a client: nothing in a URL needs escaping in an environment file.
  private func urls(
    user: String, database: String, password: String, _ tls: String
  ) throws -> [String] {
    func quoted(_ text: String) -> String { "'\(text.replacing("'", with: "''"))'" }
    let text = """
      version: 1
      name: shop
      postgres: {version: 17, port: 5433}
      network: {subnet: 172.22.0.0/24}
      users:
        admin: {attributes: [superuser], password: {env: A}}
        repuser: {attributes: [replication], password: {env: B}}
        \(quoted(user)): {password: {\(password)}, databases: [\(quoted(database))]}
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        replica-1: {role: replica, ip: 172.22.0.101}
      clients:
        backend: {ip: 172.22.0.200, user: \(quoted(user)), database: \(quoted(database))}
      \(tls)
      """
    var diagnostics: [Diagnostic] = []
    let topology = ResolvedTopology.read(
      SourceFile(path: "t.yml", text: text), for: RenderTarget.compose.target, &diagnostics)
    #expect(diagnostics == [])
    let files = RenderTarget.compose.render(
      try #require(topology), RenderContext(sourceFolder: "..", sourceName: "t.yml"))
    let file = try #require(files.first { $0.path == "clients/backend.env" })
    return file.contents.split(separator: "\n").compactMap { line in
      line.firstRange(of: "_URL=").map {
        line[$0.upperBound...].trimmingCharacters(in: ["\""])
      }
    }
  }
}

/// `Tests/Clients/urls.py`.
private enum URLReaders {
  struct Reading: Codable, Hashable {
    let user: String
    let password: String?
    let database: String
    let hosts: [String]
    let ports: [Int]
    let target: String
    let sslmode: String?
  }

  struct Answer: Decodable {
    let reading: Reading?
    let error: String?

    init(from decoder: any Decoder) throws {
      let container = try decoder.singleValueContainer()
      error = try? container.decode(String.self)
      reading = error == nil ? try container.decode(Reading.self) : nil
    }
  }

  private static let modules = "sqlalchemy, psycopg, asyncpg, dj_database_url"

  /// Whether to run them; prints a line if not.
  static let areAvailable: Bool = {
    let areThere = PythonScript.isRunnable(importing: modules)
    if !areThere {
      Tool.say("skipped: what applications read URLs with: python3 has not all of \(modules)")
    }
    return areThere
  }()

  /// What each of them finds in each URL.
  static func readings(of urls: [String]) throws -> [[String: Answer]] {
    let program = try String(
      contentsOf: Repository.root.appending(path: "Tests/Clients/urls.py"), encoding: .utf8)
    let output = try PythonScript.run(program, input: JSONEncoder().encode(urls))
    return try JSONDecoder().decode([[String: Answer]].self, from: output)
  }
}
