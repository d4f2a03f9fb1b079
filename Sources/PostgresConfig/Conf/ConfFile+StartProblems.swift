extension ConfFile {
  /// What a server complains about when it has taken the file and compares settings with
  /// each other: it does not start.
  ///
  /// - Returns: Nothing after a verdict that was bad already: the server never gets there.
  package func startProblems(after verdict: ConfVerdict) -> [ConfMessage] {
    guard verdict.isAccepted else { return [] }
    return verdict.values.startProblems.map { problem in
      let row = verdict.rows.last { row in
        guard case .setting(let name, _, _) = row.entry.content, row.isApplied else { return false }
        return problem.names.contains { SettingDefinition.isSameName($0, name) }
      }
      return ConfMessage(problem.text, .fatal, at: row?.entry.place)
    }
  }
}
