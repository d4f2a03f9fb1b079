import IPAddressing
import SourceText

extension HBAConnection {
  /// Why a line is not a connection; a fact for use after its place.
  package struct LineError: Error, Hashable, Sendable {
    package let description: String
    fileprivate init(_ description: String) { self.description = description }
  }

  /// Parses a connection from a line of a list, with the words and quotes of pg_hba.conf:
  /// `TYPE DATABASE USER [ADDRESS] [+ROLE…]`.
  ///
  /// The type is `local`, `host` for a connection without encryption, `hostssl` or
  /// `hostgssenc`. The unquoted database `replication` means physical replication. The
  /// roles are those that the user is a member of, directly or indirectly.
  ///
  /// - Returns: Nil for a line without words.
  package init?(line: some Collection<UInt8>) throws(LineError) {
    var words = try Self.words(of: Array(line))[...]
    guard let type = words.popFirst()?.text else { return nil }
    guard ["local", "host", "hostssl", "hostgssenc"].contains(type) else {
      throw LineError("\"\(type)\" is none of local, host, hostssl and hostgssenc")
    }
    guard let database = words.popFirst() else { throw LineError("there is no database") }
    guard let user = words.popFirst() else { throw LineError("there is no user") }
    var kind = Kind.local
    if type != "local" {
      guard let text = words.popFirst()?.text else { throw LineError("there is no address") }
      guard let address = try? IPAddress(text) else {
        throw LineError("\"\(text)\" is not an IP address")
      }
      kind = .tcp(address: address, Self.encryption(type))
    }
    var memberships: Set<String> = []
    for word in words {
      guard !word.isQuoted, word.text.utf8.first == UInt8(ascii: "+"), word.text.utf8.count > 1
      else { throw LineError("\"\(word.text)\" is no role with a \"+\" before it") }
      memberships.insert(word.text.droppingFirstScalar)
    }
    let isReplication = !database.isQuoted && database.text == "replication"
    self.init(
      type: kind, target: isReplication ? .physicalReplication : .database(database.text),
      user: user.text, memberships: memberships)
  }

  private static func encryption(_ type: String) -> Encryption {
    switch type {
    case "hostssl": .tls
    case "hostgssenc": .gss
    default: .none
    }
  }

  private static func words(of line: [UInt8]) throws(LineError) -> [HBAWord] {
    var reader = HBAWords(HBALines.Line(line), major: PostgresMajor.supported.upperBound)
    var words: [HBAWord] = []
    do {
      while let found = try reader.next() { words.append(found.word) }
    } catch {
      throw LineError("a word is too long")
    }
    return words
  }
}
