import Diagnostics
import IPAddressing
import PostgreSQL
import SourceText
import TopologyModel

/// clients/<client>.env: the connection URLs of one client, as a Compose env_file.
struct ClientEnvironment {
  private let client: ResolvedClient
  private let topology: ResolvedTopology
  private let header: String

  init(_ client: ResolvedClient, _ topology: ResolvedTopology, _ header: String) {
    (self.client, self.topology, self.header) = (client, topology, header)
  }

  var text: String {
    """
    # \(header)
    # For \(client.name) at \(client.ip.value). Each URL names every node; the client's library finds
    # the right one, after a failover too.
    # Reads and writes, on whichever node is the primary:
    PRIMARY_DATABASE_URL=\(value(url("read-write")))
    # Reads only, on a replica as long as there is one:
    REPLICA_DATABASE_URL=\(value(url("prefer-standby")))

    """ + passwordLines
  }

  /// Hosts and ports are parameters: libpq accepts several of them between "@" and "/",
  /// too, but most URL parsers accept one host and no list of ports.
  private func url(_ attributes: String) -> String {
    let part = Quoting.uriComponent
    var user = part(client.user.name)
    if case .literal(let password) = client.user.password.value { user += ":" + part(password) }
    var parameters = [
      "host=" + topology.nodes.map(\.name).joined(separator: ","),
      "port=" + topology.nodes.map { _ in "\(topology.port)" }.joined(separator: ","),
      "target_session_attrs=\(attributes)",
    ]
    if topology.usesTLS {
      let mode = topology.tls?.ca == nil ? "require" : "verify-full"
      parameters.append("sslmode=\(mode)")
    }
    return "postgresql://\(user)@/\(part(client.database))?" + parameters.joined(separator: "&")
  }

  /// Passwords that are not in the topology file are not in the URLs either; libpq and the
  /// libraries modelled on it read PGPASSWORD.
  private var passwordLines: String {
    switch client.user.password.value {
    case .literal: ""
    case .environment(let variable): "PGPASSWORD=${\(variable)}\n"
    case .file(let path):
      "# The password is what the file \"\(path.inOneLine)\" beside the topology file holds:\n"
        + "# give it to the client as a secret, and name it with PGPASSWORD or PGPASSFILE.\n"
    }
  }

  private func value(_ text: String) -> String { Quoting.envFileValue(text) }
}
