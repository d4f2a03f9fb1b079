import Diagnostics
import Foundation
import SourceText
import TestSupport
import Testing
import TopologyModel
import TopologyRender
import YAMLSyntax

/// A random topology, rendered into a folder, and how Compose reads it.
struct PropertyRender {
  let sample: PropertyTopology
  let topology: ResolvedTopology
  let config: ComposeConfig
  private let folder: TemporaryFolder

  init(seed: UInt64, port: Int = 5432) throws {
    sample = PropertyTopology(seed: seed, port: port)
    folder = try TemporaryFolder()
    var diagnostics: [Diagnostic] = []
    let file = SourceFile(path: "topology.yml", text: sample.yaml)
    topology = try #require(
      ResolvedTopology.read(file, for: RenderTarget.compose.target, &diagnostics),
      "seed \(seed): \(diagnostics)\n\(sample.yaml)")
    for user in sample.users where user.source.key == "file" {
      try folder.write(user.password, to: user.source.text)
    }
    let context = RenderContext(sourceFolder: "../..", sourceName: "topology.yml")
    for file in RenderTarget.compose.render(topology, context) {
      try folder.write(file.contents, to: "output/it/\(file.path)")
    }
    let output = folder.url.path + "/output/it/"
    try folder.write(sample.clientServices, to: "output/it/clients.yml")
    config = try ComposeConfig.read(
      output + "docker-compose.yml", output + "clients.yml", environment: sample.environment)
  }

  func remove() { folder.remove() }

  /// The path of a rendered file.
  func path(_ file: String) -> String { "\(folder.url.path)/output/it/\(file)" }

  /// The path of a file that the topology names.
  func sourcePath(_ path: String) -> String {
    path.utf8.first == UInt8(ascii: "/") ? path : "\(folder.url.path)/\(path)"
  }

  func text(_ file: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(fileURLWithPath: path(file))), as: UTF8.self)
  }

  /// What the scripts read about a node, in scripts/nodes.
  func declaredNode(_ name: String) throws -> (upstream: String?, address: String, link: String) {
    let rows = try text("scripts/nodes").split(separator: "\n").map {
      $0.split(separator: "\t").map(String.init)
    }
    let row = try #require(rows.first { $0.first == name })
    try #require(row.count == 6)
    return (row[2] == "-" ? nil : row[2], row[3], row[5])
  }

  /// The value of a variable once entrypoint.sh has read the file that its `_FILE` twin
  /// names: the way of a password from its source into the container.
  func password(_ variable: String) throws -> String {
    let service = try #require(config.services[topology.primary.name])
    let environment = config.environment(of: topology.primary.name)
    if let password = environment[variable] { return password }
    let target = try #require(environment[variable + "_FILE"])
    let source = try #require(service.secrets?.first { $0.path == target }?.source)
    let secret = try #require(config.secrets?[source])
    if let variable = secret.environment { return try #require(sample.environment[variable]) }
    let file = try #require(secret.file)
    return String(decoding: try Data(contentsOf: URL(fileURLWithPath: file)), as: UTF8.self)
  }
}

extension PropertyTopology {
  /// A Compose file of the clients, each with its rendered env_file.
  fileprivate var clientServices: String {
    let services = clients.map { client in
      YAMLValue.Entry(
        "client-\(client.name)",
        .mapping([
          .init("image", .string("client")), .init("network_mode", .string("none")),
          .init("env_file", .list([.string("clients/\(client.name).env")])),
        ]))
    }
    return YAMLValue.mapping([.init("services", .mapping(services))]).text()
  }

  /// The variables of the user who runs Compose.
  var environment: [String: String] {
    let variables = users.filter { $0.source.key == "env" }.map { ($0.source.text, $0.password) }
    return Dictionary(variables, uniquingKeysWith: { $1 })
  }
}

/// Text that is equal byte by byte. To `String`, two ways to write an accent are equal.
struct Exact: Hashable, CustomTestStringConvertible {
  private let bytes: [UInt8]

  init(_ text: String) { bytes = Array(text.utf8) }

  var testDescription: String { String(decoding: bytes, as: UTF8.self).debugDescription }
}
