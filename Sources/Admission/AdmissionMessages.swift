package import Diagnostics
import IPAddressing
package import PostgreSQL
import TopologyModel

extension HBAMismatch {
  /// Why a record does not match a connection, as a short fact.
  package func reason(_ record: HBARecord, _ connection: HBAConnection) -> Diagnostic.Message {
    let users = record.users.map(\.hbaText).shortList
    let databases = record.databases.map(\.hbaText).shortList
    return switch self {
    case .connectionType: record.connectionType.reason
    case .address: record.addressReason(connection)
    case .databaseAllExcludesReplication: "\"all\" does not match replication connections"
    case .database:
      switch connection.target {
      case .physicalReplication: "\(text: databases) does not match replication connections"
      case .database(let name): "\(text: databases) does not match database \(name: name)"
      }
    case .user: "\(text: users) does not match user \(name: connection.user)"
    }
  }
}

extension HBAConnectionType {
  fileprivate var reason: Diagnostic.Message {
    switch self {
    case .local: "local is for the socket"
    case .host: "host is for the network"
    case .hostssl: "hostssl is for connections with TLS"
    case .hostnossl: "hostnossl is for connections without TLS"
    case .hostgssenc: "hostgssenc is for connections with GSSAPI encryption"
    case .hostnogssenc: "hostnogssenc is for connections without GSSAPI encryption"
    }
  }
}

extension HBARecord {
  fileprivate func addressReason(_ connection: HBAConnection) -> Diagnostic.Message {
    guard case .tcp(let client, _) = connection.type else { return "it is for other addresses" }
    return switch address {
    case .samehost: "\(client) is not the server's own address"
    case .samenet: "\(client) is in no network of the server"
    case .block(let block) where block.first == block.last: "\(client) is not \(block.first)"
    default: "\(client) is not in \(text: address?.hbaText ?? "")"
    }
  }
}

extension [String] {
  /// The first few of them.
  fileprivate var shortList: String {
    prefix(4).joined(separator: ",") + (count > 4 ? ",…" : "")
  }
}

extension HBAUncertainty {
  /// What is unknown, as a fact.
  package var fact: Diagnostic.Message {
    switch self {
    case .hostName(let name): "it is for the host name \(name: name), which the server looks up"
    case .samehost: "it is for the server's own addresses, which are not known here"
    case .samenet: "it is for the server's networks, which are not known here"
    case .regex(let pattern): "the regular expression \(name: pattern) is not evaluated here"
    }
  }
}

extension HBAConnection.Encryption {
  /// `with TLS` and the like.
  package var text: String {
    switch self {
    case .none: "without encryption"
    case .tls: "with TLS"
    case .gss: "with GSSAPI encryption"
    }
  }
}
