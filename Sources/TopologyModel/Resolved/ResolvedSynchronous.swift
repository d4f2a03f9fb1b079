import Diagnostics
package import PostgreSQL
import SchemaCoding
package import SourceText

/// What the primary waits for at each commit, wherever that is written.
package struct ResolvedSynchronous: Sendable {
  /// The value of synchronous_standby_names.
  package let text: String
  /// The value as PostgreSQL reads it; nil if PostgreSQL would refuse it.
  package let names: SynchronousStandbyNames?
  /// Where the setting itself is written; nil if it follows from `replication.synchronous`.
  package let range: SourceRange?
  /// Where the count is written, or otherwise the whole value.
  package let countRange: SourceRange
  /// The replicas that `replication.synchronous` names.
  package let written: [Located<String>]
  /// Whether both the setting and `replication.synchronous` are written.
  package let isWrittenTwice: Bool

  /// - Parameter setting: synchronous_standby_names of the primary.
  init?(
    _ topology: Topology, _ setting: ServedSetting, _ primaryIndex: Int, _ upstreams: [Int?]
  ) {
    if let range = setting.range {
      text = setting.text
      names = setting.value.flatMap { try? SynchronousStandbyNames($0.text) }
      (self.range, countRange) = (range, range)
      written = topology.replication?.synchronous?.replicas ?? []
      isWrittenTwice = topology.replication?.synchronous != nil
      return
    }
    guard let synchronous = topology.replication?.synchronous else { return nil }
    let direct = upstreams.indices.filter { upstreams[$0] == primaryIndex }
    let replicas =
      synchronous.replicas?.map(\.value) ?? direct.map { topology.nodes[$0].name.value }
    let names = SynchronousStandbyNames(
      method: synchronous.method == .any ? .any : .first, count: synchronous.count.value,
      names: replicas)
    (self.names, text, range) = (names, names.description, nil)
    countRange = synchronous.count.range
    written = synchronous.replicas ?? []
    isWrittenTwice = false
  }
}

extension ResolvedTopology {
  /// What commits wait for while this node is the primary: the declared primary takes its
  /// place among the names, since the two have changed roles.
  ///
  /// - Returns: Nil if commits wait for no replica, or if the author wrote the setting
  ///   itself, which is then in every node's file.
  package func synchronousNames(whenPrimary node: ResolvedNode) -> SynchronousStandbyNames? {
    guard let synchronous, synchronous.range == nil, let names = synchronous.names else {
      return nil
    }
    return SynchronousStandbyNames(
      method: names.method, count: names.count,
      names: names.names.map { $0 == node.name ? primary.name : $0 })
  }
}
