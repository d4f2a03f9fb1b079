import Diagnostics
package import SchemaCoding
package import SourceText

/// A topology file as its author wrote it.
///
/// A value that was reported as wrong or missing is nil, so that the rest can still be checked.
package struct Topology: Sendable {
  package let name: Located<String>?
  package let output: Located<String>?
  package let postgres: Postgres?
  package let network: Network?
  package let users: [Entry<String, User>]
  package let replication: Replication?
  package let nodes: [Entry<String, Node>]
  package let healthcheck: HealthCheck?
  package let clients: [Entry<String, Client>]
  package let settings: [Entry<String, Located<String>>]
  package let hba: HBA?
  package let archive: Archive?
  package let tls: TLS?
  package let lint: LintOptions?
}

extension Schema<Topology> {
  /// - Parameter target: The target of the topology, which reserves some names.
  package static func topology(for target: Target) -> Schema {
    Schema.object(
      "What a PostgreSQL primary and its replicas are; every other file is computed from it.",
      Field("version", expected: .integer(in: 1...1), "The version of this format: 1."),
      Field(
        "name", expected: .located(.projectName),
        "The name of the Compose project, of lower-case letters, digits, \"-\" and \"_\"."),
      Field(
        "output", optional: .located(.line),
        "The folder to render into, relative to this file. The default is output/<name>."),
      Field("postgres", expected: .postgres, "The server: its version, image and database."),
      Field("network", expected: .network, "The network that the nodes share."),
      Field(
        "users",
        expected: .map(
          keyPattern: roleNamePattern, key: parseRoleName, values: .user, minimumCount: 1),
        "The roles, by name. At least one has the attribute superuser."),
      Field("replication", optional: .replication, "How the replicas follow their upstreams."),
      Field(
        "nodes",
        expected: .map(
          keyPattern: nodeNamePattern(for: target), key: nodeNameParser(for: target), values: .node,
          minimumCount: 1),
        "The PostgreSQL instances, by name. Exactly one is the primary."),
      Field("healthcheck", optional: .healthCheck, "How Compose finds out that a node is ready."),
      Field(
        "clients", orEmpty: .map(keyPattern: namePattern, key: parseClientName, values: .client),
        "What connects from elsewhere in the network, by name."),
      Field(
        "settings", orEmpty: .settings,
        "Settings of postgresql.conf for every node. A node's own settings win."),
      Field("hba", optional: .hba, "Who may connect: records of pg_hba.conf."),
      Field("archive", optional: .archive, "A WAL archive, for replicas that fell behind."),
      Field("tls", optional: .tls, "Certificate and key. Turns TLS on for every node."),
      Field("lint", optional: .lintOptions, "What pgtopo lint is told about this topology.")
    ) {
      _, name, output, postgres, network, users, replication, nodes, healthcheck, clients, settings,
      hba, archive, tls, lint in
      Topology(
        name: name, output: output, postgres: postgres, network: network, users: users ?? [],
        replication: replication, nodes: nodes ?? [], healthcheck: healthcheck, clients: clients,
        settings: settings, hba: hba, archive: archive, tls: tls, lint: lint)
    }
  }
}
