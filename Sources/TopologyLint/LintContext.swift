import Diagnostics
import TopologyModel

/// What many rules ask of the same topology, worked out once for all of them.
///
/// A context belongs to one run over some topologies, on one thread.
final class LintContext {
  private var servers: [SourceFile.ID: [ServerSettings]] = [:]

  /// The settings of each node as its server takes them, in the order of the nodes.
  func servers(of topology: ResolvedTopology) -> [ServerSettings] {
    if let known = servers[topology.file] { return known }
    let judged = topology.serverSettings()
    servers[topology.file] = judged
    return judged
  }

  /// The settings of every node that are the author's and not another rule's.
  func judgedSettings(
    of topology: ResolvedTopology
  ) -> [(server: ServerSettings, setting: JudgedSetting)] {
    var seen: Set<ObjectIdentifier> = []
    return servers(of: topology).filter { seen.insert(ObjectIdentifier($0)).inserted }.flatMap {
      server in
      server.judged.filter { !$0.isManaged }.map { (server, $0) }
    }
  }
}
