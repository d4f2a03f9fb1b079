import Foundation

/// What a server logged about connections that were made one after the other.
struct AdmissionLog {
  /// The line of pg_hba.conf that matched a connection.
  struct Line: Hashable, CustomStringConvertible {
    /// The last component of the path: before 16 the log does not name the file.
    let file: String
    let number: Int

    var description: String { "\(file):\(number)" }
  }

  /// For each connection, the record whose method turned it away, if any.
  private(set) var refusedBy: [Line?] = []
  /// For each connection, the record that let it in, if the log has it: for `trust`, since 16.
  private(set) var admittedBy: [Line?] = []

  /// Each message starts with the process and a blank; its further lines start with a tab.
  init(_ text: String) throws {
    var places: [Substring: Int] = [:]
    for line in text.split(separator: "\n") {
      if let process = line.prefixMatch(of: #/(\d+) LOG:  connection received: /#)?.1 {
        places[process] = refusedBy.count
        refusedBy.append(nil)
        admittedBy.append(nil)
      }
      if let match = line.firstMatch(
        of: #/Connection matched (?:file "(.*?)" line|pg_hba\.conf line) (\d+): /#),
        !refusedBy.isEmpty
      {
        refusedBy[refusedBy.count - 1] = Line(match.1, match.2)
      }
      if let match = line.prefixMatch(
        of: #/(\d+) LOG:  connection authenticated: .* method=trust \((.*):(\d+)\)/#),
        let place = places[match.1]
      {
        admittedBy[place] = Line(match.2, match.3)
      }
    }
  }
}

extension AdmissionLog.Line {
  fileprivate init(_ path: Substring?, _ number: Substring) {
    file = path?.split(separator: "/").last.map(String.init) ?? "pg_hba.conf"
    self.number = Int(number) ?? 0
  }
}
