import Diagnostics
import IPAddressing
import PostgresConfig
import TopologyModel

/// A node's postgresql.conf: the overrides only, on top of the file that initdb made.
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
        + section("Replication", replication)
  }

  private var declared: [Line] {
    node.settings.compactMap { setting in
      if case .derived = setting.origin {
        nil
      } else {
        Line(name: setting.name, value: setting.value, reason: nil)
      }
    }
  }

  private var derived: [Line] {
    node.settings.compactMap { setting in
      guard case .derived(let reason) = setting.origin else { return nil }
      return Line(name: setting.name, value: setting.value, reason: reason)
    }
  }

  /// Stands here and not in postgresql.auto.conf, where `pg_basebackup -R` would put it, so
  /// that a changed topology takes effect.
  private var replication: [Line] {
    guard let upstream = topology.upstream(of: node) else { return [] }
    var lines = [
      Line(
        name: "primary_conninfo", value: topology.conninfo(of: node, to: upstream).description,
        reason: "upstream \"\(upstream.name)\"")
    ]
    if let slot = node.slot {
      lines.append(
        Line(
          name: "primary_slot_name", value: slot,
          reason: "keeps the WAL on \"\(upstream.name)\" that this node has not received"))
    }
    return lines
  }

  private struct Line {
    let name: String
    let value: String
    let reason: String?
  }

  /// Reasons stand above their lines: values may be long, and a comment after them lost.
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
  /// How a replica connects to its upstream. By address, so that no name service is
  /// needed; the name is for TLS, which compares it with the certificate.
  func conninfo(of node: ResolvedNode, to upstream: ResolvedNode) -> Conninfo {
    var conninfo = linkConninfo(to: upstream)
    conninfo.append("application_name", node.name)
    conninfo.append("passfile", ContainerPath.passfile)
    return conninfo
  }

  /// The same without what differs between a copy and a stream.
  func linkConninfo(to upstream: ResolvedNode) -> Conninfo {
    var conninfo = Conninfo([
      "host": upstream.name, "hostaddr": upstream.ip.value.description, "port": "\(port)",
      "user": effectiveReplicationUser.name,
    ])
    if declaration.tls?.ca != nil {
      conninfo.append("sslmode", "verify-full")
      conninfo.append("sslrootcert", ContainerPath.ca)
    } else if usesTLS {
      conninfo.append("sslmode", "require")
    }
    return conninfo
  }
}
