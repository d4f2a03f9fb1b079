import Admission
import Diagnostics
import PostgreSQL
import SchemaCoding
import TopologyModel

extension AdmissionAnswer {
  /// The answer for programs; what there is not is left out. Records count from 1.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "decision": .string(verdict.name), "connection": connectionJSON,
      "earlier": .array(
        earlier.map { number, mismatch in
          var members = book.json(ofRecord: number)
          members["mismatch"] = .string(mismatch.name)
          members["reason"] = .string(
            mismatch.reason(book.records[number], question.connection).description)
          return .object(members)
        }),
    ]
    if let node = question.node { members["node"] = .string(node.name) }
    if let number = verdict.recordNumber {
      members["record"] = .object(book.json(ofRecord: number))
    }
    if case .unknown(_, let uncertainty) = verdict {
      members["unknown"] = .string(uncertainty.fact.description)
    }
    if let sentence { members["message"] = .string(sentence.description) }
    if let hint { members["hint"] = .string(hint.description) }
    if !question.notes.isEmpty {
      members["notes"] = .array(
        question.notes.map { .string($0.message.description) })
    }
    return .object(members)
  }

  private var connectionJSON: JSONValue {
    let connection = question.connection
    var members: [String: JSONValue] = [
      "user": .string(connection.user),
      "member_of": .array(
        connection.memberships.subtracting([connection.user]).sorted().map(JSONValue.string)),
    ]
    switch connection.target {
    case .physicalReplication: members["replication"] = .boolean(true)
    case .database(let name): members["database"] = .string(name)
    }
    if case .tcp(let address, let encryption) = connection.type {
      members["from"] = .string("\(address)")
      members["encryption"] = .string(encryption.name)
    }
    if let name = question.sourceName { members["source"] = .string(name.description) }
    return .object(members)
  }
}

extension HBABook {
  /// The columns that people look for.
  fileprivate func json(ofRecord number: Int) -> [String: JSONValue] {
    [
      "number": .integer(number + 1), "text": .string(records[number].textWithoutOptions),
      "method": .string(records[number].method.rawValue), "origin": origins[number].json,
    ]
  }
}

extension HBAMismatch {
  fileprivate var name: String {
    switch self {
    case .connectionType: "type"
    case .address: "address"
    case .database, .databaseAllExcludesReplication: "database"
    case .user: "user"
    }
  }
}

extension HBAConnection.Encryption {
  fileprivate var name: String {
    switch self {
    case .none: "none"
    case .tls: "tls"
    case .gss: "gss"
    }
  }
}
