import IPAddressing

extension HBAConnection {
  /// What the server says when it turns a connection away, because a record rejects it or
  /// because none matches (`ClientAuthentication` in auth.c).
  package func sentence(isRejected: Bool) -> String {
    let end = "host \"\(host)\", user \"\(user)\""
    return switch target {
    case .physicalReplication where isRejected:
      "pg_hba.conf rejects replication connection for \(end), \(encryptionText)"
    case .physicalReplication:
      "no pg_hba.conf entry for replication connection from \(end), \(encryptionText)"
    case .database(let database) where isRejected:
      "pg_hba.conf rejects connection for \(end), database \"\(database)\", \(encryptionText)"
    case .database(let database):
      "no pg_hba.conf entry for \(end), database \"\(database)\", \(encryptionText)"
    }
  }

  private var host: String {
    if case .tcp(let address, _) = type { address.description } else { "[local]" }
  }

  private var encryptionText: String {
    switch type {
    case .local, .tcp(_, .none): "no encryption"
    case .tcp(_, .tls): "SSL encryption"
    case .tcp(_, .gss): "GSS encryption"
    }
  }

  /// A record that lets in this connection and, beyond it, only others of its kind.
  package var admittingRecord: HBARecord {
    let database: HBAToken =
      switch target {
      case .physicalReplication: .keyword(.replication)
      case .database(let name): .name(name)
      }
    let (type, address): (HBAConnectionType, HBAAddress?) =
      switch self.type {
      case .local: (.local, nil)
      case .tcp(let address, .none): (.host, .block(CIDRBlock(only: address)))
      case .tcp(let address, .tls): (.hostssl, .block(CIDRBlock(only: address)))
      case .tcp(let address, .gss): (.hostgssenc, .block(CIDRBlock(only: address)))
      }
    return HBARecord(
      connectionType: type, databases: [database], users: [.name(user)], address: address,
      method: .scramSHA256)
  }
}
