package import Diagnostics
import IPAddressing
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
struct SettingsDerivation {
  private let topology: Topology
  private let postgres: Postgres
  private let upstreams: [Int?]
  private let synchronous: EffectiveSynchronous?
  private let replicaCount: Int

  init(
    _ topology: Topology, _ postgres: Postgres, _ upstreams: [Int?],
    _ synchronous: EffectiveSynchronous?
  ) {
    (self.topology, self.postgres, self.upstreams) = (topology, postgres, upstreams)
    self.synchronous = synchronous
    replicaCount = upstreams.count { $0 != nil }
  }

  /// The settings of one node: its own, those of every node, then the derived ones that
  /// the author did not give.
  func settings(of index: Int) -> [EffectiveSetting] {
    let declared = declaredSettings(of: index)
    let names = Set(declared.map(\.name))
    let derived = derivedSettings(of: index).filter { !names.contains($0.name) }
    return declared + derived
  }

  private func declaredSettings(of index: Int) -> [EffectiveSetting] {
    let own = topology.nodes[index].value?.settings ?? []
    let ownNames = Set(own.map(\.name.value))
    let shared = topology.settings.filter { !ownNames.contains($0.name.value) }
    return (shared + own).compactMap { entry in
      entry.value.map {
        EffectiveSetting(
          name: entry.name.value, value: $0.value,
          origin: .declared(name: entry.name.range, value: $0.range))
      }
    }
  }

  private func derivedSettings(of index: Int) -> [EffectiveSetting] {
    var settings = [
      derived("listen_addresses", "*", "nodes and clients connect over the network")
    ]
    if postgres.port != 5432 {
      settings.append(derived("port", "\(postgres.port)", "postgres.port"))
    }
    if replicaCount > 0 { settings += replicationSettings }
    if let synchronous, upstreams[index] == nil, synchronous.range == nil {
      settings.append(
        derived(
          "synchronous_standby_names", synchronous.text, "replication.synchronous"))
    }
    if let archive = topology.archive { settings += archiveSettings(archive, index) }
    if topology.tls != nil { settings += tlsSettings }
    return settings
  }

  /// Equal on every node: any of them may be promoted and serve all others, and a
  /// standby refuses to start with fewer WAL senders than its primary (hot standby
  /// administration, section 26.4.3 of the manual).
  private var replicationSettings: [EffectiveSetting] {
    // A base backup takes two senders; PostgreSQL's own default is ten of each.
    let senders = max(10, 2 * replicaCount + 2)
    let slots = max(10, replicaCount + 2)
    let reason = "\(replicaCount) replica\(replicaCount == 1 ? "" : "s")"
    return [
      derived("wal_level", "replica", "\(reason) to stream to"),
      derived(
        "max_wal_senders", "\(senders)", "\(reason), each with a base backup, and two to spare"),
      derived("max_replication_slots", "\(slots)", "\(reason), and two to spare"),
      derived("hot_standby", "on", "replicas answer queries"),
    ]
  }

  private func archiveSettings(_ archive: Archive, _ index: Int) -> [EffectiveSetting] {
    let folder = ContainerPath.archive
    return [
      derived("archive_mode", "on", "archive"),
      derived(
        "archive_command",
        "test ! -f \(folder)/%f && cp %p \(folder)/%f.part && mv \(folder)/%f.part \(folder)/%f",
        "archive; a segment that is there already is never overwritten"),
      derived(
        "restore_command", "cp \(folder)/%f %p", "archive; read by a node while it is a replica"),
    ]
  }

  private var tlsSettings: [EffectiveSetting] {
    var settings = [
      derived("ssl", "on", "tls"),
      derived("ssl_cert_file", ContainerPath.certificate, "tls.certificate"),
      derived("ssl_key_file", ContainerPath.key, "tls.key"),
    ]
    if topology.tls?.ca != nil {
      settings.append(derived("ssl_ca_file", ContainerPath.ca, "tls.ca"))
    }
    return settings
  }

  private func derived(_ name: String, _ value: String, _ reason: String) -> EffectiveSetting {
    EffectiveSetting(name: name, value: value, origin: .derived(reason))
  }
}

/// Where things are inside a container: what the settings name and the mounts provide.
package enum ContainerPath {
  /// The node's own folder of the render: postgresql.conf and pg_hba.conf.
  package static let configuration = "/etc/pgtopo"
  package static let scripts = "/pgtopo/scripts"
  package static let initFolder = "/pgtopo/init"
  package static let archive = "/pgtopo/archive"
  /// Made by the entry point, readable by the server alone.
  package static let passfile = "/run/pgtopo/passfile"
  package static let certificate = "/run/pgtopo/tls/server.crt"
  package static let key = "/run/pgtopo/tls/server.key"
  package static let ca = "/run/pgtopo/tls/ca.crt"
}
