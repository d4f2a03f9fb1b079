import Diagnostics
import PostgresConfig
import TopologyModel

/// The folder scripts/: what runs in the containers, and what the user runs.
struct Scripts {
  private let topology: ResolvedTopology
  private let context: RenderContext
  private let header: String

  init(_ topology: ResolvedTopology, _ context: RenderContext, _ header: String) {
    (self.topology, self.context, self.header) = (topology, context, header)
  }

  var files: [OutputFile] {
    [
      OutputFile(path: "scripts/nodes", contents: NodesFile(topology, header).text),
      file("entrypoint.sh", PackageResources.entrypoint_sh, .executable),
      file("container.sh", PackageResources.container_sh),
      file("state.sh", PackageResources.state_sh),
      file("history.sh", PackageResources.history_sh),
      file("data.sh", PackageResources.data_sh),
      file("replica.sh", PackageResources.replica_sh),
      file("role.sh", PackageResources.role_sh),
      file("start.sh", PackageResources.start_sh),
      file("health.sh", PackageResources.health_sh, .executable),
      file("standby.sh", PackageResources.standby_sh),
      file("promoted.sh", PackageResources.promoted_sh),
      // Not executable on purpose: the image sources such a file, and runs any other.
      file("initialize.sh", PackageResources.initialize_sh),
      OutputFile(path: "scripts/roles.sql", contents: RolesScript(topology, header).text),
      file("setup.sh", PackageResources.setup_sh, .executable),
      file("reset.sh", PackageResources.reset_sh, .executable),
      file("test.sh", PackageResources.test_sh, .executable),
      file("topology.sh", PackageResources.topology_sh),
    ]
  }

  private func file(
    _ name: String, _ bytes: [UInt8], _ access: OutputFile.Access = .readable
  ) -> OutputFile {
    var lines = String(decoding: bytes, as: UTF8.self)
      .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    lines.insert("# \(header)", at: 1)
    if let marker = lines.firstIndex(of: "# @topology@") {
      lines.replaceSubrange(marker...marker, with: facts)
    }
    return OutputFile(
      path: "scripts/\(name)", contents: lines.joined(separator: "\n"), access: access)
  }

  /// What setup.sh, reset.sh and test.sh know of this topology.
  private var facts: [String] {
    ["primary=\(Quoting.shellWord(topology.primary.name))", "replicas() {"]
      + replicas.map { "  printf '%s\\t%s\\t%s\\n' \($0.joined(separator: " "))" }
      + (replicas.isEmpty ? ["  :"] : []) + ["}"]
      + ["PGTOPO_DATA_FOLDERS=\(Quoting.shellWord(dataFolders))"]
  }

  /// Name, upstream and expected sync state of each replica, upstreams first.
  private var replicas: [[String]] {
    var rows: [[String]] = []
    var open = [topology.primary]
    while !open.isEmpty {
      let upstream = open.removeFirst()
      for replica in topology.downstreams(of: upstream) {
        rows.append([replica.name, upstream.name, "'\(syncState(of: replica))'"])
        open.append(replica)
      }
    }
    return rows
  }

  /// What pg_stat_replication on the upstream shows when all replicas stream.
  private func syncState(of replica: ResolvedNode) -> String {
    guard replica.upstream == topology.primaryIndex, let names = topology.synchronous?.names,
      let priority = names.priority(of: replica.name)
    else { return "async" }
    if names.method == .any { return "quorum" }
    let priorities = topology.downstreams(of: topology.primary).compactMap {
      names.priority(of: $0.name)
    }
    let before = priorities.count { $0 < priority }
    let equal = priorities.count { $0 == priority }
    if before + equal <= names.count { return "sync" }
    // Among equals, which a wildcard makes, PostgreSQL chooses.
    return before >= names.count ? "potential" : "sync|potential"
  }

  private var dataFolders: String {
    var lines = topology.nodes.compactMap { node in
      node.declaration.data.map {
        "\(node.name)\t\(PostgresLayout.dataMount(for: topology.major))\t\(context.path($0.value))"
      }
    }
    if case .path(let path) = topology.declaration.archive?.place {
      lines.append(
        "\(topology.primary.name)\t\(ContainerPath.archive)\t\(context.path(path.value))")
    }
    return lines.joined(separator: "\n")
  }
}
