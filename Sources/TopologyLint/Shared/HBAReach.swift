import Diagnostics
import PostgresConfig
import TopologyModel

extension HBARecord {
  /// Whether somebody beyond the server's own host may be let in.
  var admitsOverNetwork: Bool {
    connectionType != .local && method != .reject && address?.isOfThisHost == false
  }

  /// Whether physical replication is all that the record is about.
  var isOnlyForReplication: Bool { databases.allSatisfy { $0 == .keyword(.replication) } }
}

extension ResolvedTopology {
  /// Whether some server speaks TLS: by the topology's own key, or by a setting.
  var mayUseTLS: Bool {
    // What a server refuses is another rule's matter, and may be meant to be on.
    usesTLS || servers.contains { $0["ssl"].isOn != false }
  }
}
