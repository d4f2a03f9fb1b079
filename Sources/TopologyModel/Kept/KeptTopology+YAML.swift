import Diagnostics
import SourceText
import YAMLSyntax

extension KeptTopology {
  /// The name of the file in a render.
  package static let fileName = ".pgtopo-topology.yml"

  /// The version of the format. A later one may add keys, which this reader ignores.
  private static let version = 1

  package var text: String {
    var entries: [YAMLValue.Entry] = [
      .init("version", .integer(Self.version)), .init("name", .string(name)),
      .init("major", .integer(major)), .init("database", .string(database)),
      .init("superuser", .string(superuser)),
    ]
    entries.append("replication_user", replicationUser)
    entries.append(.init("initdb", .line(initdb.entries)))
    entries.append("init", initFolder)
    entries.append(.init("network", .mapping(network.entries)))
    entries.append(.init("users", .list(users.map { .mapping($0.entries) })))
    entries.append(.init("nodes", .list(nodes.map { .mapping($0.entries) })))
    if let archive { entries.append(.init("archive", .line([archive.entry]))) }
    return YAMLValue.mapping(entries).text()
  }

  /// Reads the text of such a file.
  ///
  /// - Returns: Nil if the file is damaged, or if its version lacks something that is
  ///   compared: then nothing is known about the earlier render.
  package init?(text: String) {
    var diagnostics: [Diagnostic] = []
    guard
      let root = YAMLDocument.parse(SourceFile(path: Self.fileName, text: text), &diagnostics)?
        .root, diagnostics.isEmpty, let name = root.text("name"), let major = root.integer("major"),
      let database = root.text("database"), let superuser = root.text("superuser"),
      let network = root.value("network").flatMap(Network.init),
      let users = root.list("users", User.init), let nodes = root.list("nodes", Node.init),
      nodes.count(where: \.isPrimary) == 1,
      let primaryIndex = nodes.firstIndex(where: \.isPrimary)
    else { return nil }
    let initdb = root.value("initdb")
    self.init(
      name: name, major: major, database: database, superuser: superuser,
      replicationUser: root.text("replication_user"),
      initdb: Initdb(
        encoding: initdb?.text("encoding"), locale: initdb?.text("locale"),
        dataChecksums: initdb?.value("data_checksums")?.scalar?.boolean),
      initFolder: root.text("init"), network: network, users: users, nodes: nodes,
      primaryIndex: primaryIndex, archive: root.value("archive").flatMap(Archive.init))
  }
}

extension KeptTopology.Initdb {
  fileprivate var entries: [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = []
    entries.append("encoding", encoding)
    entries.append("locale", locale)
    if let dataChecksums { entries.append(.init("data_checksums", .boolean(dataChecksums))) }
    return entries
  }
}

extension KeptTopology.Network {
  fileprivate var entries: [YAMLValue.Entry] {
    [
      .init("name", .string(name)), .init("driver", .string(driver)),
      .init("external", .boolean(isExternal)), .init("pools", .texts(pools)),
    ]
  }

  fileprivate init?(_ node: YAMLNode) {
    guard let name = node.text("name"), let driver = node.text("driver"),
      let pools = node.texts("pools")
    else { return nil }
    self.init(
      name: name, driver: driver,
      isExternal: node.value("external")?.scalar?.boolean ?? false, pools: pools)
  }
}

extension KeptTopology.User {
  fileprivate var entries: [YAMLValue.Entry] {
    [
      .init("name", .string(name)), .init("attributes", .texts(attributes)),
      .init("member_of", .texts(memberOf)), .init("databases", .texts(databases)),
      .init("password", password.value),
    ]
  }

  fileprivate init?(_ node: YAMLNode) {
    guard let name = node.text("name"), let attributes = node.texts("attributes"),
      let memberOf = node.texts("member_of"), let databases = node.texts("databases"),
      let password = node.value("password").flatMap(KeptTopology.PasswordSource.init)
    else { return nil }
    self.init(
      name: name, attributes: attributes, memberOf: memberOf, databases: databases,
      password: password)
  }
}

extension KeptTopology.PasswordSource {
  fileprivate var value: YAMLValue {
    switch self {
    case .environment(let variable): .line([.init("env", .string(variable))])
    case .file(let path): .line([.init("file", .string(path))])
    case .literal: .string("literal")
    }
  }

  fileprivate init?(_ node: YAMLNode) {
    if let variable = node.text("env") {
      self = .environment(variable)
    } else if let path = node.text("file") {
      self = .file(path)
    } else if node.scalar?.text == "literal" {
      self = .literal
    } else {
      return nil
    }
  }
}

extension KeptTopology.Node {
  fileprivate var entries: [YAMLValue.Entry] {
    var entries: [YAMLValue.Entry] = [
      .init("name", .string(name)), .init("role", .string(isPrimary ? "primary" : "replica")),
      .init("addresses", .texts(addresses)),
    ]
    entries.append("upstream", upstream)
    entries.append("slot", slot)
    entries.append("image", image)
    entries.append("data", data)
    return entries
  }

  fileprivate init?(_ node: YAMLNode) {
    guard let name = node.text("name"), let role = node.text("role"),
      let addresses = node.texts("addresses"), let image = node.text("image")
    else { return nil }
    self.init(
      name: name, isPrimary: role == "primary", addresses: addresses,
      upstream: node.text("upstream"), slot: node.text("slot"), image: image,
      data: node.text("data"))
  }
}

extension KeptTopology.Archive {
  fileprivate var entry: YAMLValue.Entry {
    switch self {
    case .volume(let name): .init("volume", .string(name))
    case .path(let path): .init("path", .string(path))
    }
  }

  fileprivate init?(_ node: YAMLNode) {
    guard let place = node.text("volume").map(Self.volume) ?? node.text("path").map(Self.path)
    else { return nil }
    self = place
  }
}

extension [YAMLValue.Entry] {
  fileprivate mutating func append(_ key: String, _ text: String?) {
    if let text { append(.init(key, .string(text))) }
  }
}

extension YAMLValue {
  fileprivate static func texts(_ texts: [String]) -> YAMLValue { .list(texts.map(Self.string)) }
}

extension YAMLNode {
  fileprivate func value(_ key: String) -> YAMLNode? {
    guard kind == .mapping else { return nil }
    return entries.first { $0.key.scalar?.text == key }?.value
  }

  fileprivate func text(_ key: String) -> String? { value(key)?.scalar?.text }

  fileprivate func integer(_ key: String) -> Int? { value(key)?.scalar?.integer }

  fileprivate func texts(_ key: String) -> [String]? { list(key) { $0.scalar?.text } }

  /// Nil if there is no such list, or if one of its items is invalid.
  fileprivate func list<Item>(_ key: String, _ read: (YAMLNode) -> Item?) -> [Item]? {
    guard let list = value(key), list.kind == .sequence else { return nil }
    var items: [Item] = []
    for node in list.items {
      guard let item = read(node) else { return nil }
      items.append(item)
    }
    return items
  }
}
