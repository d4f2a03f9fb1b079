import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel
import YAMLSyntax

/// docker-compose.yml: a service for each node, their network, volumes and secrets.
struct ComposeFile {
  private let topology: ResolvedTopology
  private let context: RenderContext
  /// The label of each node's configuration, in the order of the nodes.
  private let fingerprints: [Fingerprint]

  init(_ topology: ResolvedTopology, _ context: RenderContext, _ fingerprints: [Fingerprint]) {
    (self.topology, self.context, self.fingerprints) = (topology, context, fingerprints)
  }

  var value: YAMLValue {
    var entries: [YAMLValue.Entry] = [
      .init("name", .text(topology.name)),
      .init(
        "services",
        .mapping(
          zip(topology.nodes, fingerprints).map { node, fingerprint in
            .init(node.name, ComposeService(node, topology, context, fingerprint).value)
          })),
      .init("networks", .mapping([.init(topology.network.name, network)])),
    ]
    entries.append(.init("volumes", .mapping(volumes.map { .init($0, .mapping([])) })))
    let secrets = topology.secrets(context)
    if !secrets.isEmpty {
      entries.append(
        .init(
          "secrets",
          .mapping(
            secrets.map { .init($0.name, .mapping([.init($0.key, .text($0.value))])) })))
    }
    return .mapping(entries)
  }

  private var network: YAMLValue {
    let network = topology.network
    guard !network.isExternal else {
      return .mapping([.init("name", .text(network.name)), .init("external", .boolean(true))])
    }
    var pool: [YAMLValue.Entry] = [.init("subnet", .text(network.subnet.value.description))]
    if let gateway = network.gateway { pool.append(.init("gateway", .text("\(gateway.value)"))) }
    if let range = network.ipRange { pool.append(.init("ip_range", .text("\(range.value)"))) }
    var pools = [YAMLValue.mapping(pool)]
    var entries: [YAMLValue.Entry] = [
      .init("name", .text(network.name)), .init("driver", .text(network.driver)),
    ]
    if let subnet6 = network.subnet6 {
      entries.append(.init("enable_ipv6", .boolean(true)))
      var pool6: [YAMLValue.Entry] = [.init("subnet", .text("\(subnet6.value)"))]
      if let gateway = network.gateway6 {
        pool6.append(.init("gateway", .text("\(gateway.value)")))
      }
      pools.append(.mapping(pool6))
    }
    entries.append(.init("ipam", .mapping([.init("config", .list(pools))])))
    return .mapping(entries)
  }

  private var volumes: [String] {
    var volumes = topology.nodes.filter { $0.data == nil }.map(\.dataVolume)
    if case .volume(let name) = topology.archive?.place { volumes.append(name) }
    return volumes + [ContainerPath.stateVolume]
  }
}

extension ResolvedTopology {
  /// The Compose secrets: passwords that are not literals, and the TLS files.
  func secrets(_ context: RenderContext) -> [(name: String, key: String, value: String)] {
    var secrets: [(name: String, key: String, value: String)] = passwordSources.compactMap {
      source in
      source.secretDefinition(context).map { (source.secret, $0.key, $0.value) }
    }
    if let tls = tls {
      secrets.append(("pgtopo_tls_certificate", "file", context.path(tls.certificate.value)))
      secrets.append(("pgtopo_tls_key", "file", context.path(tls.key.value)))
      if let ca = tls.ca { secrets.append(("pgtopo_tls_ca", "file", context.path(ca.value))) }
    }
    return secrets
  }
}

extension ResolvedNode {
  /// The named volume of a node that has no folder of its own.
  var dataVolume: String { TargetCommands.compose.dataVolume(name) }
}

extension YAMLValue {
  /// Text in which `$` is literal and does not begin one of Compose's variables.
  static func text(_ text: String) -> YAMLValue { .string(Quoting.composeScalar(text)) }
}
