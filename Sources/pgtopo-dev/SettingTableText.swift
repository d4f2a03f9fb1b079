/// The table of settings as text: one line per run of majors that agree on a setting.
///
/// A line has the columns name, majors (`14` or `14-16`), type, unit, minimum, maximum,
/// values, context, default and description, separated by tabs. A value equal to the one in
/// the line above is written `=`, and the name is left out.
struct SettingTableText: CustomStringConvertible {
  let description: String

  /// Settings that depend on who built the server, not on its major.
  private static let buildDependent: Set = [
    "krb_server_keyfile", "unix_socket_directories", "ssl_library", "server_version",
    "server_version_num",
  ]

  /// - Parameter recorded: by major, the columns of `pg_settings` in the order name,
  ///   vartype, unit, min_val, max_val, enumvals, context, boot_val, category, short_desc.
  init(_ recorded: [Int: [[String]]]) {
    let majors = recorded.keys.sorted()
    var rows: [String: [Int: [String]]] = [:]
    for major in majors {
      for row in recorded[major] ?? [] { rows[row[0], default: [:]][major] = row }
    }
    let names = rows.keys.sorted { $0.lowercased() < $1.lowercased() }
    description = names.map { Self.lines(of: $0, rows[$0] ?? [:], majors) }.joined(separator: "\n")
  }

  private static func lines(of name: String, _ rows: [Int: [String]], _ majors: [Int]) -> String {
    // The newest wording, and the newest path: Debian's.
    let newest = majors.last { rows[$0] != nil }.flatMap { rows[$0] } ?? []
    var runs: [(first: Int, last: Int, facts: [String])] = []
    for major in majors {
      guard let row = rows[major] else { continue }
      var facts = Array(row[1...7]) + [newest[9]]
      if buildDependent.contains(name) { facts[6] = row[6] == "internal" ? "" : newest[7] }
      if let run = runs.last, run.last == major - 1, run.facts == facts {
        runs[runs.count - 1].last = major
      } else {
        runs.append((major, major, facts))
      }
    }
    return runs.enumerated().map { index, run in
      let span = run.first == run.last ? "\(run.first)" : "\(run.first)-\(run.last)"
      guard index > 0 else { return ([name, span] + run.facts).joined(separator: "\t") }
      let above = runs[index - 1].facts
      let facts = zip(run.facts, above).map { $0 == $1 ? "=" : $0 }
      return (["", span] + facts).joined(separator: "\t")
    }.joined(separator: "\n")
  }
}
