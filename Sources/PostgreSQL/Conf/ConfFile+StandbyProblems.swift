extension ConfFile {
  /// Problems that keep a standby from following its primary although the server accepts
  /// the file: it reads `primary_conninfo` only when the WAL receiver connects, and then
  /// fails again and again (`libpqrcv_connect` in libpqwalreceiver.c).
  package func standbyProblems(after verdict: ConfVerdict) -> [ConfMessage] {
    let rows = verdict.rows.reversed()
    for row in rows where row.isApplied {
      guard case .setting(let name, let value, _) = row.entry.content,
        SettingDefinition.isSameName("primary_conninfo", name)
      else { continue }
      guard !value.isEmpty, let problem = Self.problem(with: value, verdict.values) else {
        return []
      }
      let place = row.entry.place
      return [
        ConfMessage(
          "primary_conninfo: \(problem)", .warning,
          hint: "The server starts all the same, and its WAL receiver cannot connect to the "
            + "primary.",
          at: place)
      ]
    }
    return []
  }

  private static func problem(with value: [UInt8], _ values: SettingValues) -> String? {
    let text = String(decoding: value, as: UTF8.self)
    // The WAL receiver passes it to libpq in place of a database name.
    guard Conninfo.isConnectionString(text) else {
      return "the value is taken for the name of a database, because it has no \"=\""
    }
    do throws(Conninfo.ParseError) {
      _ = try Conninfo(parsing: text, major: values.catalogue.major)
      return nil
    } catch {
      return error.description
    }
  }
}
