import YAMLSyntax

extension PropertyTopology {
  /// The topology file.
  var yaml: String {
    var entries: [YAMLValue.Entry] = [
      .init("version", .integer(1)),
      .init("name", .string(name)),
      .init("postgres", postgres),
      .init(
        "network",
        .mapping([.init("name", .string(networkName)), .init("subnet", .string("10.9.8.0/24"))])),
      .init("users", .mapping(users.map { .init($0.name, value($0)) })),
      .init("replication", .mapping([.init("user", .string(users[1].name))])),
      .init("nodes", .mapping(nodes.map { .init($0.name, value($0)) })),
      .init("settings", .mapping(settings.map { .init($0.name, .string($0.value)) })),
      .init("hba", .mapping([.init("records", .list(records.map(value)))])),
    ]
    entries.append(.init("clients", .mapping(clients.enumerated().map(entry))))
    if let archive {
      entries.append(.init("archive", .mapping([.init("path", .string(archive))])))
    }
    if let certificate {
      entries.append(
        .init(
          "tls",
          .mapping([
            .init("certificate", .string(certificate.file)), .init("key", .string(certificate.key)),
          ])))
    }
    return YAMLValue.mapping(entries).text()
  }

  private var postgres: YAMLValue {
    .mapping([
      .init("version", .integer(major)),
      .init("database", .string(database)),
      .init("port", .integer(port)),
      .init(
        "initdb",
        .mapping([.init("encoding", .string(encoding)), .init("locale", .string(locale))])),
      .init("init", .string(initFolder)),
    ])
  }

  private func value(_ user: User) -> YAMLValue {
    .mapping([
      .init("attributes", list(user.attributes)),
      .init("password", .mapping([.init(user.source.key, .string(user.source.text))])),
      .init("member_of", list(user.memberOf)),
      .init("databases", list(user.databases)),
    ])
  }

  private func value(_ node: Node) -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("role", .string(node.upstream == nil ? "primary" : "replica")),
      .init("ip", .string(node.address)),
      .init("image", .string(node.image)),
    ]
    if let upstream = node.upstream { entries.append(.init("upstream", .string(upstream))) }
    if let data = node.data { entries.append(.init("data", .string(data))) }
    return .mapping(entries)
  }

  private func value(
    _ record: (databases: [String], users: [String], map: String?)
  ) -> YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("type", .string(record.map == nil ? "host" : "local")),
      .init("databases", list(record.databases.map(quoted))),
      .init("users", list(record.users.map(quoted))),
      .init("method", .string(record.map == nil ? "scram-sha-256" : "peer")),
    ]
    if let map = record.map {
      entries.append(.init("options", .mapping([.init("map", .string(map))])))
    } else {
      entries.append(.init("address", .string("10.0.0.0/8")))
    }
    return .mapping(entries)
  }

  private func entry(_ index: Int, _ client: Client) -> YAMLValue.Entry {
    .init(
      client.name,
      .mapping([
        .init("ip", .string("10.9.8.\(200 + index)")),
        .init("user", .string(users[client.user].name)),
        .init("database", .string(client.database)),
      ]))
  }

  private func list(_ texts: [String]) -> YAMLValue { .list(texts.map(YAMLValue.string)) }

  /// A name that is not a keyword in an HBA record.
  private func quoted(_ name: String) -> String {
    let doubled = name.unicodeScalars.map { $0 == "\"" ? "\"\"" : String($0) }.joined()
    return "\"\(doubled)\""
  }
}
