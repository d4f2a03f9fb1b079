package import Diagnostics
import IPAddressing
import PostgresConfig
import SchemaCoding

/// A setting, its value on one node, and where the value comes from.
package struct EffectiveSetting: Sendable {
  package enum Origin: Sendable {
    /// Written in the file, for this node or for every node: the ranges of name and value.
    case declared(name: SourceRange, value: SourceRange)
    /// Follows from the rest of the topology; the reason is a phrase for a comment.
    case derived(String)
  }

  package let name: String
  /// The text of the value, without any quotes.
  package let value: String
  package let origin: Origin

  /// Where the value is written, if it is.
  package var declaredRange: SourceRange? {
    if case .declared(_, let value) = origin { value } else { nil }
  }
}

/// Derives what a topology implies for each node's postgresql.conf.
///
/// Nothing of it depends on a node's role: roles move, and the file stays. What the primary
/// alone needs is `ResolvedTopology.synchronousNames`.
struct SettingsDerivation {
  private let topology: Topology
  /// What follows for every node alike; worked out once, since there may be many.
  private let derived: [EffectiveSetting]

  init(
    _ topology: Topology, _ postgres: Postgres, _ paths: Target.Paths, replicaCount: Int
  ) {
    self.topology = topology
    var settings = [
      EffectiveSetting("listen_addresses", "*", "nodes and clients connect over the network")
    ]
    if postgres.port != 5432 {
      settings.append(EffectiveSetting("port", "\(postgres.port)", "postgres.port"))
    }
    if replicaCount > 0 {
      settings += .replication(replicaCount)
      if !postgres.hasChecksumsForSure {
        settings.append(
          EffectiveSetting("wal_log_hints", "on", "pg_rewind, should this node have to rejoin"))
      }
    }
    if topology.archive != nil { settings += .archive(in: paths.archive) }
    if let tls = topology.tls { settings += .tls(tls, paths) }
    derived = settings
  }

  /// The settings of one node: those of every node, its own, then the derived ones that
  /// the author did not give.
  func settings(of index: Int) -> [EffectiveSetting] {
    let declared = declaredSettings(of: index)
    return declared + derived.filter { setting in !declared.contains { $0.name == setting.name } }
  }

  private func declaredSettings(of index: Int) -> [EffectiveSetting] {
    let own = topology.nodes[index].value?.settings ?? []
    let shared = topology.settings.filter { setting in
      !own.contains { $0.name.value == setting.name.value }
    }
    return (shared + own).compactMap { entry in
      entry.value.map {
        EffectiveSetting(
          name: entry.name.value, value: $0.value,
          origin: .declared(name: entry.name.range, value: $0.range))
      }
    }
  }
}

extension Postgres {
  /// Whether pages carry checksums, with which pg_rewind needs no hints in the WAL. Initdb
  /// makes them by itself since 18.
  fileprivate var hasChecksumsForSure: Bool {
    initdb?.dataChecksums ?? (version.value.major >= 18)
  }
}

extension EffectiveSetting {
  fileprivate init(_ name: String, _ value: String, _ reason: String) {
    self.init(name: name, value: value, origin: .derived(reason))
  }
}

extension [EffectiveSetting] {
  /// Equal on every node: any of them may be promoted and serve all others, and a
  /// standby refuses to start with fewer WAL senders than its primary (manual,
  /// "Hot Standby", "Administrator's Overview").
  fileprivate static func replication(_ replicaCount: Int) -> [EffectiveSetting] {
    // A base backup takes two senders; PostgreSQL's own default is ten of each.
    let senders = Swift.max(10, 2 * replicaCount + 2)
    let slots = Swift.max(10, replicaCount + 2)
    let reason = "\(replicaCount) replica\(replicaCount == 1 ? "" : "s")"
    return [
      EffectiveSetting("wal_level", "replica", "\(reason) to stream to"),
      EffectiveSetting(
        "max_wal_senders", "\(senders)", "\(reason), each with a base backup, and two to spare"),
      EffectiveSetting("max_replication_slots", "\(slots)", "\(reason), and two to spare"),
      EffectiveSetting("hot_standby", "on", "replicas answer queries"),
    ]
  }

  /// After a crash the server may hand over a segment that it archived before: the same
  /// contents are a success, others never replace what is there (manual, "Setting Up WAL
  /// Archiving"). The renaming keeps a reader from seeing half a segment.
  fileprivate static func archive(in folder: String) -> [EffectiveSetting] {
    let file = "\(folder)/%f"
    return [
      EffectiveSetting("archive_mode", "on", "archive"),
      EffectiveSetting(
        "archive_command",
        "cmp -s %p \(file) || { test ! -e \(file) && cp %p \(file).part && mv \(file).part \(file); }",
        "archive; never overwrites a segment"),
      EffectiveSetting(
        "restore_command", "cp \(file) %p", "archive; read by a node while it is a replica"),
    ]
  }

  fileprivate static func tls(_ tls: TLS, _ paths: Target.Paths) -> [EffectiveSetting] {
    [
      EffectiveSetting("ssl", "on", "tls"),
      EffectiveSetting("ssl_cert_file", paths.certificate, "tls.certificate"),
      EffectiveSetting("ssl_key_file", paths.key, "tls.key"),
    ]
      + (tls.ca == nil ? [] : [EffectiveSetting("ssl_ca_file", paths.ca, "tls.ca")])
  }
}
