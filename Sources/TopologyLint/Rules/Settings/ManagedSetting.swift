import Diagnostics
import TopologyModel

extension LintRule {
  static let managedSetting = LintRule(
    "managed-setting", .error, .settings,
    summary: "Finds settings that follow from other keys of the topology.",
    rationale: """
      Scripts, mounts, health checks and connection strings are computed from the topology's keys. \
      A setting that says otherwise changes the server and not the rest: a port that nothing \
      connects to, an archive that nothing is mounted for.
      """,
    bad: [
      """
      settings: {▸port◂: 5433, ▸hba_file◂: /etc/pg_hba.conf}
      """,
      """
      archive: {volume: wal, keep: 7d}
      settings: {▸archive_command◂: 'cp %p /mnt/%f'}
      """,
      """
      nodes:
        primary: {role: primary, ip: 172.22.0.100}
        a: {role: replica, ip: 172.22.0.101, settings: {▸Primary_Slot_Name◂: a}}
        b: {role: replica, ip: 172.22.0.102}
      replication: {synchronous: {method: any, count: 1}}
      settings: {▸synchronous_standby_names◂: 'ANY 1 (a, b)'}
      """,
    ],
    good: [
      """
      postgres: {version: 17, image: postgres:17-bookworm, port: 5433}
      settings: {max_slot_wal_keep_size: 4GB, listen_addresses: '*', shared_buffers: 256MB}
      """
    ]
  ) { topology, findings in
    for (_, setting, place) in topology.declaredSettings {
      guard
        let hint = setting.owner?.keyInstead(value: setting.text)
      else { continue }
      findings.report(.managed(setting.name), at: place.name, hint: hint)
    }
  }
}

extension SettingOwner {
  /// What to write instead of a setting that the author should not write.
  fileprivate func keyInstead(value: String) -> Diagnostic.Message? {
    switch self {
    case .port: return "Write \(value: "port: \(value)") below \"postgres\" instead."
    case .records: return "Write the records below \"hba.records\" instead."
    case .settings: return "Write the settings below \"settings\" instead."
    case .data: return "Write \"data\" at a node, with a folder of the host, instead."
    case .upstream:
      return "Write \"upstream\" at the replica and \"replication: {user: …}\" instead."
    case .slot: return "Write \(value: "slot: \(value)") at the replica instead."
    case .archive:
      return "Remove it: \"archive\" implies it. To write your own, remove \"archive\"."
    case .tls:
      return "Remove it: \"tls: {certificate: …, key: …, ca: …}\" implies it."
    case .synchronous:
      return "Remove it, or remove \"replication.synchronous\"."
    case .initdb: return nil
    }
  }
}

extension Diagnostic.Message {
  fileprivate static func managed(_ name: String) -> Self {
    "setting \(name: name) follows from another key"
  }
}
