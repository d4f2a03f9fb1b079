import PostgreSQL
import TopologyModel
import YAMLSyntax

extension RenderTarget {
  /// One machine with Docker Compose.
  package static let compose = RenderTarget(
    .compose, summary: "Docker Compose on one machine.", commands: .compose
  ) { topology, context in
    let header =
      "Rendered by pgtopo from \(context.sourceName.inOneLine). "
      + "Edit that file, not this one, and run \"pgtopo render\"."
    let records = PgHBAConf(topology).text
    let secrets = topology.secrets(context).map { "\($0.name) \($0.key) \($0.value)\n" }.joined()
    let configurations = topology.nodes.map {
      NodeConfiguration($0, topology, records: records, secrets: secrets, header)
    }
    let compose = ComposeFile(topology, context, configurations.map(\.fingerprint))
    var files = [
      OutputFile(path: "docker-compose.yml", contents: "# \(header)\n" + compose.value.text()),
      OutputFile(
        path: "db.env", contents: EnvironmentFile(topology, header).text, access: .secret),
    ]
    files += configurations.flatMap(\.files)
    files += Scripts(topology, context, header).files
    for client in topology.clients {
      files.append(
        OutputFile(
          path: "clients/\(client.name).env",
          contents: ClientEnvironment(client, topology, header).text, access: .secret))
    }
    // Last: if a render is interrupted, the earlier file is left, and the next render
    // compares again.
    files.append(
      OutputFile(
        path: KeptTopology.fileName,
        contents: "# \(header)\n# What the next render compares its topology with.\n"
          + KeptTopology(topology).text))
    return files
  }
}

extension String {
  /// The text as part of a comment, which must not end early.
  var inOneLine: String {
    unicodeScalars.map { $0.properties.generalCategory == .control ? " " : String($0) }.joined()
  }
}
