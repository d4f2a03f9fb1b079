import Diagnostics
import PostgreSQL
import SourceText
import TopologyModel

/// The folder scripts/: programs that run in the containers, and those that the user runs.
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
      OutputFile(path: "scripts/accounts", contents: RolesScript(topology, header).accounts),
      file("setup.sh", PackageResources.setup_sh, .executable),
      file("reset.sh", PackageResources.reset_sh, .executable),
      file("test.sh", PackageResources.test_sh, .executable),
      file("status.sh", PackageResources.status_sh, .executable),
      file("promote.sh", PackageResources.promote_sh, .executable),
      file("rejoin.sh", PackageResources.rejoin_sh, .executable),
      file("recopy.sh", PackageResources.recopy_sh, .executable),
      file("topology.sh", PackageResources.topology_sh),
      file("operations.sh", PackageResources.operations_sh),
      file("problems.sh", PackageResources.problems_sh),
      file("facts.sh", PackageResources.facts_sh),
      file("commands.sh", PackageResources.commands_sh),
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

  /// What reset.sh must know in addition to the file `nodes`.
  private var facts: [String] {
    ["PGTOPO_DATA_FOLDERS=\(Quoting.shellWord(dataFolders))"]
  }

  private var dataFolders: String {
    var lines = topology.nodes.compactMap { node in
      node.data.map {
        "\(node.name)\t\(PostgresLayout.dataMount(for: topology.major))\t\(context.path($0.value))"
      }
    }
    if case .path(let path) = topology.archive?.place {
      lines.append(
        "\(topology.primary.name)\t\(topology.target.paths.archive)\t\(context.path(path.value))")
    }
    return lines.joined(separator: "\n")
  }
}
