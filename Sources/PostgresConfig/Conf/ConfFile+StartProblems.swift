extension ConfFile {
  /// What a server complains about when it has taken the file and compares settings with
  /// each other: it does not start (`PostmasterMain` in postmaster.c, `InitializeMaxBackends`
  /// in postinit.c, `CheckRequiredParameterValues` and `ReadControlFile` in xlog.c).
  ///
  /// - Returns: Nothing after a verdict that was bad already: the server never gets there.
  package func startProblems(after verdict: ConfVerdict) -> [ConfMessage] {
    guard verdict.isAccepted else { return [] }
    let values = verdict.values
    let major = values.catalogue.major
    return Self.problems(of: values, major).map { names, text in
      let row = verdict.rows.last { row in
        guard case .setting(let name, _, _) = row.entry.content, row.isApplied else { return false }
        return names.contains { SettingDefinition.isSameName($0, name) }
      }
      return ConfMessage(text, .fatal, at: row?.entry.place)
    }
  }

  /// With the settings that each is about. Names are quoted from 17 on.
  private static func problems(
    of values: SettingValues, _ major: PostgresMajor
  ) -> [(names: [String], text: String)] {
    var problems: [(names: [String], text: String)] = []
    func quoted(_ name: String) -> String { major >= 17 ? "\"\(name)\"" : name }
    if values["wal_level"] == "minimal" {
      if values["archive_mode"] != "off" {
        problems.append(
          (
            ["archive_mode", "wal_level"],
            "WAL archival cannot be enabled when \(quoted("wal_level")) is \"minimal\""
          ))
      }
      if values.integer("max_wal_senders") > 0 {
        let requirement =
          major >= 17 ? "\"wal_level\" to be \"replica\"" : "wal_level \"replica\""
        problems.append(
          (
            ["wal_level", "max_wal_senders"],
            "WAL streaming (\(quoted("max_wal_senders")) > 0) requires \(requirement) or "
              + "\"logical\""
          ))
      }
      if values["summarize_wal"] == "on" {
        problems.append(
          (
            ["summarize_wal", "wal_level"],
            "WAL cannot be summarized when \"wal_level\" is \"minimal\""
          ))
      }
    }
    // Of the default segments of 16MB.
    for name in ["min_wal_size", "max_wal_size"] where values.integer(name) < 32 {
      problems.append(([name], "\"\(name)\" must be at least twice \"wal_segment_size\""))
    }
    return connectionProblems(of: values, major) + problems
  }

  private static func connectionProblems(
    of values: SettingValues, _ major: PostgresMajor
  ) -> [(names: [String], text: String)] {
    let most = values.integer("max_connections")
    let kept = values.integer("superuser_reserved_connections")
    let reserved = values.integer("reserved_connections")
    let names = ["max_connections", "superuser_reserved_connections", "reserved_connections"]
    guard kept + reserved >= most else { return [] }
    guard major >= 16 else {
      return [
        (
          names,
          "superuser_reserved_connections (\(kept)) must be less than max_connections (\(most))"
        )
      ]
    }
    func quoted(_ name: String) -> String { major >= 17 ? "\"\(name)\"" : name }
    return [
      (
        names,
        "\(quoted(names[1])) (\(kept)) plus \(quoted(names[2])) (\(reserved)) must be less than "
          + "\(quoted(names[0])) (\(most))"
      )
    ]
  }
}
