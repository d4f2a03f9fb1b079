import Diagnostics
import PostgreSQL
import TopologyModel

extension ResolvedTopology {
  /// The direct replicas that a commit on the primary may wait for. A replica's
  /// application_name is its node's name.
  func synchronousReplicas(_ names: SynchronousStandbyNames) -> [ResolvedNode] {
    downstreams(of: primary).filter { names.matches(applicationName: $0.name) }
  }

  /// What the primary waits for, unless it is written in two ways, which another rule reports.
  var judgedSynchronous: ResolvedSynchronous? {
    synchronous?.isWrittenTwice == true ? nil : synchronous
  }

  /// The names that no node has, each once.
  func unknownSynchronousNames(_ names: SynchronousStandbyNames) -> [String] {
    let known = Set(nodes.map { $0.name.lowercased() })
    var seen: Set<String> = []
    return names.names.filter {
      $0 != "*" && !known.contains($0.lowercased()) && seen.insert($0.lowercased()).inserted
    }
  }

  /// Replicas that are named although they stream from another replica.
  func cascadedSynchronousReplicas(_ names: SynchronousStandbyNames) -> [ResolvedNode] {
    replicas.filter { $0.upstream != primaryIndex && names.matches(applicationName: $0.name) }
  }

  /// How many replicas there would be if the wrong names that other rules report were right.
  func namedReplicaCount(_ names: SynchronousStandbyNames) -> Int {
    let wrong =
      names.isWildcard
      ? 0 : unknownSynchronousNames(names).count + cascadedSynchronousReplicas(names).count
    return synchronousReplicas(names).count + wrong
  }

  /// What to write so that commits wait for some of the direct replicas, but never for all.
  func synchronousHint(atMost count: Int) -> Diagnostic.Message {
    let direct = downstreams(of: primary).map { HintText.flow($0.name) }
    guard direct.count > 1 else {
      return """
        Add a second replica of \(name: primary.name) and write "replication: {synchronous: \
        {method: any, count: 1}}", or let commits wait for no replica.
        """
    }
    let replicas = direct.joined(separator: ", ")
    return """
      Write "replication: {synchronous: {method: any, count: \(min(count, direct.count - 1)), \
      replicas: [\(text: replicas)]}}".
      """
  }
}
