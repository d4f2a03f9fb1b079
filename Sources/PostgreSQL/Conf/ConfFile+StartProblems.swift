extension ConfFile {
  /// Problems that a server reports after it has accepted the file, when it compares
  /// settings with each other: it does not start.
  ///
  /// - Returns: Nothing if the verdict was already bad, since the server never gets that far.
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
