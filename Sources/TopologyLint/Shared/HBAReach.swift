import Diagnostics
import PostgreSQL
import TopologyModel

extension HBARecord {
  /// Whether the record may let in somebody from another host than the server's own.
  var admitsOverNetwork: Bool {
    connectionType != .local && method != .reject && address?.isOfThisHost == false
  }

  /// Whether the record is only about physical replication.
  var isOnlyForReplication: Bool { databases.allSatisfy { $0 == .keyword(.replication) } }
}

extension ResolvedTopology {
  /// Whether some server speaks TLS, by the topology's own key or by a setting.
  var mayUseTLS: Bool {
    // Another rule reports what a server refuses, which may be meant as on.
    usesTLS || servers.contains { $0["ssl"].isOn != false }
  }
}
