import SchemaCoding

/// The part of a topology that determines a setting, which should be set nowhere else:
/// scripts, mounts and connection strings follow from that part, too.
package enum SettingOwner: Hashable, Sendable {
  case port, records, settings, data, upstream, slot, archive, tls, synchronous
  /// A key below `postgres.initdb`, as one would write it. The setting shows what initdb did.
  case initdb(String)

  /// Nil if the setting is the author's to write.
  init?(of name: String, in topology: Topology) {
    guard let owner = Self.owners[name], owner.isPresent(in: topology) else { return nil }
    self = owner
  }

  /// Whether writing the setting contradicts another key. Nobody can set what initdb determined.
  package var isExclusive: Bool { if case .initdb = self { false } else { true } }

  private func isPresent(in topology: Topology) -> Bool {
    switch self {
    case .archive: topology.archive != nil
    case .tls: topology.tls != nil
    case .synchronous: topology.replication?.synchronous != nil
    case .port, .records, .settings, .data, .upstream, .slot, .initdb: true
    }
  }

  private static let owners: [String: SettingOwner] = [
    "archive_command": .archive,
    "archive_library": .archive,
    "archive_mode": .archive,
    "config_file": .settings,
    "data_checksums": .initdb("data_checksums: true"),
    "data_directory": .data,
    "hba_file": .records,
    "lc_collate": .initdb("locale: C.UTF-8"),
    "lc_ctype": .initdb("locale: C.UTF-8"),
    "port": .port,
    "primary_conninfo": .upstream,
    "primary_slot_name": .slot,
    "restore_command": .archive,
    "server_encoding": .initdb("encoding: UTF8"),
    "ssl": .tls,
    "ssl_ca_file": .tls,
    "ssl_cert_file": .tls,
    "ssl_key_file": .tls,
    "synchronous_standby_names": .synchronous,
  ]
}
