/// Topologies to work on.
package enum Sample {
  /// Nothing at all to say about it.
  package static let clean = topology()

  /// - Parameters:
  ///   - replica: The name of the one replica.
  ///   - head: More keys, behind the name.
  package static func topology(replica: String = "replica", head: String = "") -> String {
    """
    version: 1
    name: demo
    \(head)
    postgres: {version: 17, image: postgres:17-bookworm}
    network: {subnet: 172.22.0.0/24}
    users:
      admin: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
      repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
    nodes:
      primary: {role: primary, ip: 172.22.0.100}
      \(replica): {role: replica, ip: 172.22.0.101}
    settings: {max_slot_wal_keep_size: 4GB}

    """
  }

  /// One error of decoding, in line 1.
  package static let broken = "version: 2\n" + clean.drop { $0 != "\n" }.dropFirst()
}
