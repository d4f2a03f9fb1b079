import Diagnostics
import IPAddressing
import PostgresConfig
import Reporting
import SourceText
import TopologyLint
import TopologyModel

/// What becomes of one connection, and why.
struct AdmissionAnswer {
  let book: HBABook
  let question: ConnectionQuestion
  let verdict: Verdict

  enum Verdict {
    /// The number of the record that lets it in.
    case admitted(Int)
    /// The number of the record that rejects it.
    case rejected(Int)
    /// No record is about it.
    case unmatched
    /// The number of the first record of which only the server can tell.
    case unknown(Int, HBAUncertainty)

    /// What programs read.
    var name: String {
      switch self {
      case .admitted: "admitted"
      case .rejected: "rejected"
      case .unmatched: "unmatched"
      case .unknown: "unknown"
      }
    }

    var status: ExitStatus {
      switch self {
      case .admitted: .clean
      case .rejected, .unmatched: .findings
      case .unknown: .failure
      }
    }

    /// Of a connection that is turned away: whether a record rejects it, or none is about it.
    var isRejected: Bool? {
      switch self {
      case .admitted, .unknown: nil
      case .rejected: true
      case .unmatched: false
      }
    }

    var recordNumber: Int? {
      switch self {
      case .admitted(let number), .rejected(let number), .unknown(let number, _): number
      case .unmatched: nil
      }
    }
  }

  init(_ book: HBABook, _ question: ConnectionQuestion) {
    (self.book, self.question) = (book, question)
    verdict = Verdict(
      of: question.connection, book, at: book.serverAddresses(of: question.node))
  }

  /// What the server says when it turns the connection away.
  var sentence: Diagnostic.Message? {
    verdict.isRejected.map { "\(text: question.connection.sentence(isRejected: $0))" }
  }

  /// What to write to let the connection in, or to know more.
  var hint: Diagnostic.Message? {
    if case .unknown(_, let uncertainty) = verdict { return uncertainty.hint(question) }
    guard let isRejected = verdict.isRejected else { return nil }
    guard book.topology == nil else {
      return question.connection.admittingHint(isRejected: isRejected)
    }
    let line = question.connection.admittingRecord.fields.filter { !$0.isEmpty }
      .joined(separator: " ")
    return isRejected
      ? "Write before that record: \(text: line)" : "Add to \(text: book.path): \(text: line)"
  }

  /// The records before the deciding one, and why they are not about the connection.
  var earlier: [(number: Int, mismatch: HBAMismatch)] {
    let mismatches = book.records.mismatches(
      before: verdict.recordNumber ?? book.records.count, question.connection,
      at: book.serverAddresses(of: question.node))
    return mismatches.enumerated().map { ($0, $1) }
  }
}

extension AdmissionAnswer.Verdict {
  init(of connection: HBAConnection, _ book: HBABook, at server: ServerAddresses?) {
    switch book.records.first(for: connection, at: server) {
    case nil: self = .unmatched
    case (let number, .unknown(let uncertainty))?: self = .unknown(number, uncertainty)
    case (let number, _)?:
      self = book.entries[number].record.method == .reject ? .rejected(number) : .admitted(number)
    }
  }
}

extension HBAMismatch {
  /// Why a record is not about a connection, as a short fact.
  func reason(_ record: HBARecord, _ connection: HBAConnection) -> Diagnostic.Message {
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
  /// What is not known, as a fact.
  var fact: Diagnostic.Message {
    switch self {
    case .hostName(let name): "it is for the host name \(name: name), which the server looks up"
    case .samehost: "it is for the server's own addresses, which are not known here"
    case .samenet: "it is for the server's networks, which are not known here"
    case .regex(let pattern): "the regular expression \(name: pattern) is not evaluated here"
    }
  }

  fileprivate func hint(_ question: ConnectionQuestion) -> Diagnostic.Message? {
    switch self {
    case .hostName:
      // check_hostname in hba.c looks for the name of the address first.
      question.node == nil
        ? "Write the address itself: it needs no look-up."
        : "Write the address itself: the server asks for the name of the address first, and "
          + "Docker answers with that of a container, such as app-replica-1.app."
    case .samehost, .samenet:
      question.node == nil
        ? "Name the server's addresses, as in --server 172.22.0.100/24." : nil
    case .regex: nil
    }
  }
}
