import TopologyModel

/// Where things are inside a container: what the settings name and the mounts provide.
enum ContainerPath {
  /// The node's own folder of the render: postgresql.conf and pg_hba.conf.
  static let configuration = "/etc/pgtopo"
  static let scripts = "/pgtopo/scripts"
  static let initFolder = "/pgtopo/init"
  /// What the nodes know of themselves and of the actual primary. Every node mounts it.
  static let state = "/pgtopo/state"
  /// The volume's key in docker-compose.yml. No node's data volume is called so, since
  /// those end with "-data".
  static let stateVolume = "pgtopo-state"
  /// The settings that depend on the actual role; made by the entry point.
  static let role = "/run/pgtopo/role.conf"
}

extension Target {
  /// The entry point copies what belongs to TLS, readable by the server alone.
  static let compose = Target(
    id: "compose", name: "Docker Compose",
    paths: Paths(
      archive: "/pgtopo/archive", certificate: "/run/pgtopo/tls/server.crt",
      key: "/run/pgtopo/tls/server.key", ca: "/run/pgtopo/tls/ca.crt"),
    reservedNames: ["scripts", "clients"])
}
