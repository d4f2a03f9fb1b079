import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel
import YAMLSyntax

/// One node in docker-compose.yml.
struct ComposeService {
  private let node: ResolvedNode
  private let topology: ResolvedTopology
  private let context: RenderContext
  private let configuration: Fingerprint

  init(
    _ node: ResolvedNode, _ topology: ResolvedTopology, _ context: RenderContext,
    _ configuration: Fingerprint
  ) {
    (self.node, self.topology, self.context) = (node, topology, context)
    self.configuration = configuration
  }

  var value: YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("image", .text(node.image.description)),
      .init("entrypoint", .list([.text("\(ContainerPath.scripts)/entrypoint.sh")])),
      .init(
        "command",
        .list([
          .text("postgres"), .text("-c"),
          .text("config_file=\(ContainerPath.configuration)/postgresql.conf"),
        ])),
      .init("env_file", .list([.text("db.env")])),
      .init("environment", .mapping(environment)),
      .init("labels", .mapping([.init("pgtopo.configuration", .text("\(configuration)"))])),
    ]
    let secrets = topology.secrets(context)
    if !secrets.isEmpty {
      entries.append(.init("secrets", .list(secrets.map { secret($0.name, $0.key) })))
    }
    entries.append(.init("volumes", .list(mounts)))
    if let publish = node.publish?.value {
      let host = publish.address.family == .v6 ? "[\(publish.address)]" : "\(publish.address)"
      entries.append(.init("ports", .list([.text("\(host):\(publish.port):\(topology.port)")])))
    }
    entries.append(.init("networks", .mapping([.init(topology.network.name, addresses)])))
    entries.append(.init("healthcheck", .mapping(healthCheck)))
    if let limits { entries.append(.init("deploy", limits)) }
    return .mapping(entries + lifetime)
  }

  /// Nothing here names a role: a node finds out its role when it starts, so a change of
  /// roles needs no new container.
  private var environment: [YAMLValue.Entry] {
    [
      .init("PGDATA", .text(PostgresLayout.dataDirectory(for: topology.major))),
      .init("PGPORT", .string("\(topology.port)")),
      .init("PGTOPO_NODE", .text(node.name)),
    ]
  }

  /// Compose honours owner and mode for secrets from the environment. A secret from a file
  /// keeps those of the host, and Compose warns if others are asked for. The entry point,
  /// as root, can read both.
  private func secret(_ name: String, _ key: String) -> YAMLValue {
    guard key == "environment" else { return .text(name) }
    return .line([
      .init("source", .text(name)), .init("target", .text(name)), .init("uid", .string("0")),
      .init("gid", .string("0")), .init("mode", .string("0400")),
    ])
  }

  /// Folders, not files: a file that is replaced stays the old one inside a container.
  private var mounts: [YAMLValue] {
    var mounts = [
      bind("./\(node.name)", ContainerPath.configuration),
      bind("./scripts", ContainerPath.scripts),
      bind("./scripts/initialize.sh", "/docker-entrypoint-initdb.d/10-pgtopo.sh"),
    ]
    if let folder = topology.initFolder {
      mounts.append(bind(context.path(folder.value), ContainerPath.initFolder))
    }
    let target = PostgresLayout.dataMount(for: topology.major)
    if let folder = node.data {
      mounts.append(writable("bind", context.path(folder.value), target))
    } else {
      mounts.append(writable("volume", node.dataVolume, target))
    }
    mounts.append(writable("volume", ContainerPath.stateVolume, ContainerPath.state))
    switch topology.archive?.place {
    case .volume(let name): mounts.append(writable("volume", name, topology.target.paths.archive))
    case .path(let path):
      mounts.append(writable("bind", context.path(path.value), topology.target.paths.archive))
    case nil: break
    }
    return mounts
  }

  private func bind(_ source: String, _ target: String) -> YAMLValue {
    .line([
      .init("type", .text("bind")), .init("source", .text(source)), .init("target", .text(target)),
      .init("read_only", .boolean(true)),
      .init("bind", .line([.init("create_host_path", .boolean(false))])),
    ])
  }

  private func writable(_ type: String, _ source: String, _ target: String) -> YAMLValue {
    .line([
      .init("type", .text(type)), .init("source", .text(source)), .init("target", .text(target)),
    ])
  }

  private var addresses: YAMLValue {
    var entries: [YAMLValue.Entry] = [.init("ipv4_address", .text("\(node.ip.value)"))]
    if let ip6 = node.ip6 { entries.append(.init("ipv6_address", .text("\(ip6.value)"))) }
    return .mapping(entries)
  }

  /// The declared timeout is how long the server may take to answer. Docker's own is much
  /// longer: a check does not return while work visibly goes on.
  private var healthCheck: [YAMLValue.Entry] {
    let test = [
      "CMD", "\(ContainerPath.scripts)/health.sh", "\(topology.healthcheck.timeoutSeconds)",
    ]
    return [
      .init("test", .list(test.map(YAMLValue.text))),
      .init("interval", .text(topology.healthcheck.interval)),
      .init("timeout", .text("24h")),
      .init("retries", .integer(topology.healthcheck.retries)),
      .init("start_period", .text(topology.healthcheck.startPeriod)),
    ]
  }

  private var limits: YAMLValue? {
    var limits: [YAMLValue.Entry] = []
    if let cpus = node.cpus { limits.append(.init("cpus", .string(cpus))) }
    if let memory = node.memory { limits.append(.init("memory", .text(memory))) }
    guard !limits.isEmpty else { return nil }
    return .mapping([.init("resources", .mapping([.init("limits", .mapping(limits))]))])
  }

  private var lifetime: [YAMLValue.Entry] {
    [
      .init("restart", .text("unless-stopped")),
      // Docker's ten seconds are too short for a shutdown checkpoint; SIGKILL and crash
      // recovery would follow.
      .init("stop_grace_period", .text("1m")),
      // Docker's 64 MB are too small for parallel queries.
      .init("shm_size", .text("256mb")),
    ]
  }
}
