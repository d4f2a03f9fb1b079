import PostgresConfig
import TopologyModel

extension ResolvedTopology {
  /// The direct replicas that a commit on the primary may wait for. A replica's
  /// application_name is its node's name.
  func synchronousReplicas(_ names: SynchronousStandbyNames) -> [ResolvedNode] {
    downstreams(of: primary).filter { names.matches(applicationName: $0.name) }
  }

  /// What to write so that commits wait for some of the direct replicas and never for all.
  func synchronousHint(atMost count: Int) -> String {
    let direct = downstreams(of: primary).map { HintText.flow($0.name) }
    guard direct.count > 1 else {
      return "Add a second replica of \"\(primary.name)\" and write \"replication: {synchronous: "
        + "{method: any, count: 1}}\", or let commits wait for no replica."
    }
    return "Write \"replication: {synchronous: {method: any, "
      + "count: \(min(count, direct.count - 1)), replicas: [\(direct.joined(separator: ", "))]}}\"."
  }
}
