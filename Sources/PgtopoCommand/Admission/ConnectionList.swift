import Admission
import Diagnostics
import PostgreSQL
import TopologyModel
import Workspace

/// Many connections, one in a line, each answered in a line.
struct ConnectionList {
  let book: HBABook
  /// The node that is connected to; nil for a plain file.
  let node: ResolvedNode?

  /// Lines of the decision, the method or `-`, and the record's origin or `-`, with tabs
  /// between. A line that is no connection is told as an error; the others are answered.
  func answer(_ bytes: [UInt8], of path: String) -> Outcome {
    var outcome = Outcome()
    let server = book.walk.serverAddresses(of: node)
    let users = Dictionary(
      (book.topology?.users ?? []).map { ($0.name, $0.memberships) }, uniquingKeysWith: { $1 })
    let lines = bytes.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    for (index, line) in lines.enumerated() {
      do throws(HBAConnection.LineError) {
        guard var connection = try HBAConnection(line: line) else { continue }
        if let memberships = users[connection.user] {
          connection = HBAConnection(
            type: connection.type, target: connection.target, user: connection.user,
            memberships: connection.memberships.union(memberships))
        }
        let verdict = book.walk.verdict(of: connection, at: server)
        if verdict.status.rawValue > outcome.status.rawValue { outcome.status = verdict.status }
        outcome.output += text(verdict)
      } catch {
        outcome.tell(
          CommandError("\(text: path):\(index + 1): \(text: error.description)"))
      }
    }
    return outcome
  }

  private func text(_ verdict: Verdict) -> String {
    guard let number = verdict.recordNumber else { return "\(verdict.name)\t-\t-\n" }
    let method = if case .unknown = verdict { "-" } else { book.records[number].method.rawValue }
    return "\(verdict.name)\t\(method)\t\(book.origins[number].text)\n"
  }
}
