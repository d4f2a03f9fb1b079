import Diagnostics
import PostgreSQL
import TopologyModel

/// pg_hba.conf, the same for every node, with aligned columns and the author's records first.
struct PgHBAConf {
  private let topology: ResolvedTopology

  init(_ topology: ResolvedTopology) { self.topology = topology }

  var text: String {
    let titles = ["# TYPE", "DATABASE", "USER", "ADDRESS", "METHOD"]
    let rows = topology.hba.map(\.record.fields)
    let widths = titles.indices.map { column in
      ([titles] + rows).map { $0.indices.contains(column) ? $0[column].count : 0 }.max() ?? 0
    }
    func line(_ fields: [String]) -> String {
      let last = fields.count - 1
      return fields.enumerated().map { column, field in
        column == last
          ? field
          : field + String(repeating: " ", count: widths[column] - field.count + 2)
      }.joined() + "\n"
    }
    var text =
      "# The first record that matches a connection decides.\n\n" + line(titles)
    for (record, row) in zip(topology.hba, rows) {
      // A comment at a record's end would be part of the record in the view
      // pg_hba_file_rules.
      if case .derived(let reason) = record.origin { text += "# \(reason):\n" }
      text += line(row)
    }
    return text
  }
}
