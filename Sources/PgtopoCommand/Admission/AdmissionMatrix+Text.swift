import Admission
import Diagnostics
import PostgreSQL
import Reporting
import SchemaCoding
import SourceText
import TopologyModel

extension AdmissionMatrix {
  /// The matrix for people: a table for each group of sources.
  func text(_ style: Style) -> String {
    let titles = ["USER", "DATABASE", "METHOD", "RECORD"]
    let cells = blocks.map { $0.rows.map(self.cells) }
    let widths = titles.indices.map { column in
      ([titles] + cells.joined()).map { $0[column].count }.max() ?? 0
    }
    func line(_ cells: [String]) -> String {
      let padded = zip(cells, widths).dropLast().map { cell, width in
        cell + String(repeating: " ", count: width - cell.count + 2)
      }
      return "  \(padded.joined())\(cells.last ?? "")\n"
    }
    let server: Diagnostic.Message =
      node.map { "node \(name: $0.name)" } ?? "the server of \(text: book.path)"
    var text = "who reaches \(server), and by which record\n" + line(titles)
    for (block, rows) in zip(blocks, cells) {
      for name in Self.lines(of: block.sources.map(VisibleText.escaping)) {
        text += style.paint(name, .location) + "\n"
      }
      text += rows.isEmpty ? "  nobody\n" : rows.map(line).joined()
    }
    return text
  }

  /// `from …, …` in lines of at most 80 columns, if the names let it.
  private static func lines(of names: [String]) -> [String] {
    var lines = ["from"]
    for (index, name) in names.enumerated() {
      let word = name + (index == names.count - 1 ? "" : ",")
      let line = lines[lines.count - 1]
      if line.count + word.count < 80 || line == "from" {
        lines[lines.count - 1] = "\(line) \(word)"
      } else {
        lines.append("     \(word)")
      }
    }
    return lines
  }

  private func cells(of row: Row) -> [String] {
    let method =
      switch row.decision {
      case .admitted: row.recordNumber.map { book.records[$0].method.rawValue } ?? ""
      case .unknown: "(server knows)"
      case .refused: "turned away"
      }
    return [
      row.users.joined(separator: ", "), row.databases.joined(separator: ", "), method,
    ].map(VisibleText.escaping) + [
      row.recordNumber.map { book.origins[$0].shortText } ?? "no record matches"
    ]
  }

  /// The matrix for programs.
  var json: JSONValue {
    var members: [String: JSONValue] = [
      "blocks": .array(
        blocks.map { block in
          .object([
            "from": .array(block.sources.map(JSONValue.string)),
            "rows": .array(block.rows.map(json)),
          ])
        })
    ]
    if let node { members["node"] = .string(node.name) }
    return .object(members)
  }

  private func json(of row: Row) -> JSONValue {
    var members: [String: JSONValue] = [
      "users": .array(row.users.map(JSONValue.string)),
      "databases": .array(row.databases.map(JSONValue.string)),
      "decision": .string(row.decision.rawValue),
    ]
    if let number = row.recordNumber {
      members["method"] = .string(book.records[number].method.rawValue)
      members["origin"] = book.origins[number].json
    }
    return .object(members)
  }
}

extension HBABook.Origin {
  /// Whom a derived record is for is in the table anyway.
  fileprivate var shortText: String {
    if case .written = self { text } else { "derived" }
  }
}
