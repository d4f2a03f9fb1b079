import SourceText

/// The value of `synchronous_standby_names`: the standbys whose acknowledgement a commit
/// waits for.
package struct SynchronousStandbyNames: Hashable, Sendable {
  /// How the standbys are chosen from the names.
  package enum Method: Hashable, Sendable {
    /// `ANY n (…)`: any `n` of them; called quorum in `pg_stat_replication`.
    case any
    /// `FIRST n (…)` or `n (…)`: the first `n` in the order of the names.
    case first
    /// A bare list of names, which is `FIRST 1 (…)`.
    case list
  }

  /// `list` unless the text has a number before parentheses.
  package let method: Method
  /// How many standbys must acknowledge; 0 only when there are no names.
  package let count: Int
  /// The names in order, repetitions included; `*` stands for any standby. Empty when
  /// replication is asynchronous.
  package let names: [String]

  /// The setting for which commits wait for no standby.
  package static let none = SynchronousStandbyNames(method: .list, count: 0, names: [])

  /// Creates a value from its parts, without the checks that the server makes on a text.
  package init(method: Method, count: Int, names: [String]) {
    (self.method, self.count, self.names) = (method, count, names)
  }

  /// Whether replication is asynchronous.
  package var isEmpty: Bool { names.isEmpty }

  /// Whether any standby matches. To the server, `"*"` in quotes is the same
  /// (`SyncRepGetStandbyPriority` in syncrep.c).
  package var isWildcard: Bool { names.contains("*") }

  /// Whether commits may wait for a standby that streams under this name.
  package func matches(applicationName: String) -> Bool { priority(of: applicationName) != nil }

  /// The position of a standby in the list of names, counted from 1. Names are compared
  /// ignoring the case of ASCII letters (`pg_strcasecmp`).
  package func priority(of applicationName: String) -> Int? {
    let folded = applicationName.asciiLowercased
    return names.firstIndex { $0 == "*" || $0.asciiLowercased == folded }.map { $0 + 1 }
  }
}

extension SynchronousStandbyNames: CustomStringConvertible {
  /// The value in the server's grammar, with quotes where a name needs them.
  package var description: String {
    let list = names.map(Self.quoted).joined(separator: ", ")
    return switch method {
    case .list: list
    case .first: "FIRST \(count) (\(list))"
    case .any: "ANY \(count) (\(list))"
    }
  }

  /// Only `*`, numbers, and identifiers that are not keywords need no quotes.
  private static func quoted(_ name: String) -> String {
    let bytes = Array(name.utf8)
    let isIdentifier =
      bytes.first.map(SynchronousStandbyNamesScanner.startsIdentifier) == true
      && bytes.allSatisfy(SynchronousStandbyNamesScanner.continuesIdentifier)
    let isNumber = !bytes.isEmpty && bytes.allSatisfy(\.isASCIIDigit)
    let isKeyword = ["any", "first"].contains(name.asciiLowercased)
    if name == "*" || isNumber || (isIdentifier && !isKeyword) { return name }
    return "\"" + name.escaping { $0 == "\"" ? "\"\"" : nil } + "\""
  }
}
