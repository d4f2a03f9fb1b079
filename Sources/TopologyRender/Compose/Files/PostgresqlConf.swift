import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

/// A node's postgresql.conf: only the overrides, on top of the file that initdb made.
struct PostgresqlConf {
  private let node: ResolvedNode
  private let topology: ResolvedTopology

  init(_ node: ResolvedNode, _ topology: ResolvedTopology) {
    (self.node, self.topology) = (node, topology)
  }

  var text: String {
    let initdbFile = PostgresLayout.dataDirectory(for: topology.major) + "/postgresql.conf"
    return """

      # What initdb chose, such as locale and time zone. All below wins over it.
      include \(quoted(initdbFile))
      hba_file = \(quoted(ContainerPath.configuration + "/pg_hba.conf"))

      """ + section("Settings of the topology file", declared)
        + section("What follows from the topology", derived)
        + section("The role", role)
        + "\n# Whom this node follows, or whom its commits wait for. Written by the scripts.\n"
        + "include_if_exists \(quoted(ContainerPath.role))\n"
  }

  private var declared: [Line] {
    node.settings.all.filter { $0.place != nil }.map {
      Line(name: $0.name, value: $0.text, reason: nil)
    }
  }

  private var derived: [Line] {
    node.settings.all.compactMap { setting in
      guard case .derived(let reason) = setting.origin else { return nil }
      return Line(name: setting.name, value: setting.text, reason: reason)
    }
  }

  /// The upstream is not named here but in the file that the node's scripts write: roles
  /// change, and this file stays the same.
  private var role: [Line] {
    guard topology.nodes.count > 1, node.settings["recovery_end_command"].place == nil else {
      return []
    }
    return [
      Line(
        name: "recovery_end_command", value: "sh \(ContainerPath.scripts)/promoted.sh",
        reason: "notes a promotion")
    ]
  }

  /// What only the actual primary reads: the replicas that its commits wait for.
  static func primaryOnly(_ node: ResolvedNode, _ topology: ResolvedTopology) -> String? {
    guard let names = topology.synchronousNames(whenPrimary: node) else { return nil }
    return "# In force while this node is the actual primary (replication.synchronous).\n"
      + "synchronous_standby_names = \(Quoting.settingValue(names.description))\n"
  }

  private struct Line {
    let name: String
    let value: String
    let reason: String?
  }

  /// Reasons are on the lines above: values may be long, and a comment after them would get lost.
  private func section(_ title: String, _ lines: [Line]) -> String {
    guard !lines.isEmpty else { return "" }
    let width = lines.map { assignment($0).count }.filter { $0 <= 48 }.max() ?? 0
    return "\n# \(title)\n"
      + lines.map { line in
        let text = assignment(line)
        guard let reason = line.reason else { return text + "\n" }
        guard text.count <= 48 else { return "# \(reason):\n\(text)\n" }
        return text + String(repeating: " ", count: width - text.count) + "  # \(reason)\n"
      }.joined()
  }

  private func assignment(_ line: Line) -> String { "\(line.name) = \(quoted(line.value))" }

  private func quoted(_ value: String) -> String { Quoting.settingValue(value) }
}

extension ResolvedTopology {
  /// How a node connects to another one for replication, without the parameters that differ
  /// between a copy and a stream. It connects by address, so that it needs no name service;
  /// the name is for TLS, which compares it with the certificate.
  func linkConninfo(to upstream: ResolvedNode) -> Conninfo {
    var conninfo = Conninfo([
      "host": upstream.name, "hostaddr": upstream.ip.value.description, "port": "\(port)",
      "user": streamingUser.name,
    ])
    if tls?.ca != nil {
      conninfo.append("sslmode", "verify-full")
      conninfo.append("sslrootcert", target.paths.ca)
    } else if usesTLS {
      conninfo.append("sslmode", "require")
    }
    return conninfo
  }
}
