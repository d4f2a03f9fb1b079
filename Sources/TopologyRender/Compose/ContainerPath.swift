import TopologyModel

/// Paths inside a container that settings name and mounts provide.
enum ContainerPath {
  /// The node's own folder of the render, with postgresql.conf and pg_hba.conf.
  static let configuration = "/etc/pgtopo"
  static let scripts = "/pgtopo/scripts"
  static let initFolder = "/pgtopo/init"
  /// What the nodes record about themselves and the actual primary. Every node mounts it.
  static let state = "/pgtopo/state"
  /// The volume's key in docker-compose.yml. No data volume can have this name, since those
  /// end with "-data".
  static let stateVolume = "pgtopo-state"
  /// The settings that depend on the actual role, written by the entry point.
  static let role = "/run/pgtopo/role.conf"
}

extension Target {
  /// Where the entry point copies the TLS files, readable by the server alone.
  static let compose = Target(
    id: "compose", name: "Docker Compose",
    paths: Paths(
      archive: "/pgtopo/archive", certificate: "/run/pgtopo/tls/server.crt",
      key: "/run/pgtopo/tls/server.key", ca: "/run/pgtopo/tls/ca.crt"),
    reservedNames: ["scripts", "clients"])
}
