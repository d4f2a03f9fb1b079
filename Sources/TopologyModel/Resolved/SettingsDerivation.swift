import Diagnostics
import PostgreSQL
import SchemaCoding
import SourceText

/// A setting that follows from the rest of the topology.
struct DerivedSetting {
  let name: String
  /// The text of the value, without any quotes.
  let value: String
  /// A phrase for a comment.
  let reason: String

  init(_ name: String, _ value: String, _ reason: String) {
    (self.name, self.value, self.reason) = (name, value, reason)
  }
}

/// Derives the settings that a topology implies for each node's postgresql.conf.
///
/// Nothing here depends on a node's role: roles change, and the file stays the same. What
/// only the primary needs is `ResolvedTopology.synchronousNames`.
enum SettingsDerivation {
  /// The settings that are the same for every node.
  static func settings(
    of topology: Topology, _ postgres: Postgres, _ paths: Target.Paths, replicaCount: Int
  ) -> [DerivedSetting] {
    var settings = [
      DerivedSetting("listen_addresses", "*", "nodes and clients connect over the network")
    ]
    if postgres.port != 5432 {
      settings.append(DerivedSetting("port", "\(postgres.port)", "postgres.port"))
    }
    if replicaCount > 0 {
      settings += .replication(replicaCount)
      if !postgres.hasChecksumsForSure {
        settings.append(
          DerivedSetting("wal_log_hints", "on", "pg_rewind, should this node have to rejoin"))
      }
    }
    if topology.archive != nil { settings += .archive(in: paths.archive) }
    if let tls = topology.tls { settings += .tls(tls, paths) }
    return settings
  }
}

extension Postgres {
  /// Whether pages have checksums; with them pg_rewind needs no hints in the WAL. initdb
  /// enables them by default since 18.
  fileprivate var hasChecksumsForSure: Bool {
    initdb?.dataChecksums ?? version.value.major.hasChecksumsByDefault
  }
}

extension [DerivedSetting] {
  /// Equal on every node: any of them may be promoted and serve all others, and a standby
  /// refuses to start with fewer WAL senders than its primary (manual, "Hot Standby",
  /// "Administrator's Overview").
  fileprivate static func replication(_ replicaCount: Int) -> [DerivedSetting] {
    // A base backup takes two senders; PostgreSQL's own default is ten of each.
    let senders = Swift.max(10, 2 * replicaCount + 2)
    let slots = Swift.max(10, replicaCount + 2)
    let reason = "\(replicaCount) replica\(replicaCount == 1 ? "" : "s")"
    return [
      DerivedSetting("wal_level", "replica", "\(reason) to stream to"),
      DerivedSetting(
        "max_wal_senders", "\(senders)", "\(reason), each with a base backup, and two to spare"),
      DerivedSetting("max_replication_slots", "\(slots)", "\(reason), and two to spare"),
      DerivedSetting("hot_standby", "on", "replicas answer queries"),
    ]
  }

  /// After a crash, the server may hand over a segment that it archived before: equal contents
  /// count as success, and different contents never replace the existing file (manual,
  /// "Setting Up WAL Archiving"). The rename keeps readers from seeing half a segment.
  fileprivate static func archive(in folder: String) -> [DerivedSetting] {
    let file = "\(folder)/%f"
    return [
      DerivedSetting("archive_mode", "on", "archive"),
      DerivedSetting(
        "archive_command",
        "cmp -s %p \(file) || { test ! -e \(file) && cp %p \(file).part && mv \(file).part \(file); }",
        "archive; never overwrites a segment"),
      DerivedSetting(
        "restore_command", "cp \(file) %p", "archive; read by a node while it is a replica"),
    ]
  }

  fileprivate static func tls(_ tls: TLS, _ paths: Target.Paths) -> [DerivedSetting] {
    [
      DerivedSetting("ssl", "on", "tls"),
      DerivedSetting("ssl_cert_file", paths.certificate, "tls.certificate"),
      DerivedSetting("ssl_key_file", paths.key, "tls.key"),
    ]
      + (tls.ca == nil ? [] : [DerivedSetting("ssl_ca_file", paths.ca, "tls.ca")])
  }
}
