import SourceText

// How a running server treats settings, where it differs from one that is starting.

extension SettingValues {
  /// Whether the setting has a value at all.
  func isKnown(_ name: String) -> Bool {
    isWritten(name) || catalogue[name] != nil
  }

  /// The value that a running server has for the setting: at its start, it replaces some values
  /// that mean "choose" with numbers. Nil if there is none, which is not the same as empty text.
  func effective(of definition: SettingDefinition) -> String? {
    let value = self[definition.name]
    switch (definition.name, value) {
    case ("wal_buffers", "-1"): return String(chosenWALBuffers)
    // SimpleLruAutotuneBuffers in slru.c: a 512th of `shared_buffers`, rounded to whole banks.
    case ("commit_timestamp_buffers", "0"), ("subtransaction_buffers", "0"),
      ("transaction_buffers", "0"):
      let share = integer("shared_buffers") / 512
      return String(min(max(share - share % 16, 16), 1024))
    // AioChooseMaxConcurrency in aio_init.c, unless there are few buffers per process.
    case ("io_max_concurrency", "-1"): return "64"
    case ("external_pid_file", _): return isWritten(definition.name) ? value : nil
    default: return value
    }
  }

  /// A 32nd of `shared_buffers`, from 8 pages up to a segment (`XLOGChooseNumBuffers` in
  /// xlog.c).
  fileprivate var chosenWALBuffers: Int { min(max(integer("shared_buffers") / 32, 8), 2048) }
}

extension SettingDefinition {
  /// What the check of a running server replaces a value with: only that of `wal_buffers`
  /// knows what was chosen at the start.
  func replaced(_ value: String, _ running: SettingValues) -> String {
    name == "wal_buffers" && value == "-1" ? String(running.chosenWALBuffers) : value
  }

  /// Whether a session that runs a query may have the value: `pg_file_settings` runs the
  /// checks in its own transaction (check_transaction_isolation and
  /// check_default_tablespace among others).
  func isTakenInTransaction(_ value: String) -> Bool {
    switch name {
    case "transaction_isolation": value == bootValue
    case "transaction_deferrable": false
    case "default_tablespace": ["", "pg_default", "pg_global"].contains(value)
    default: true
    }
  }

  /// The first word of `wal_consistency_checking` that is not a resource manager whose
  /// pages can be compared. A starting server looks at the words only after loading
  /// libraries, which may add some (check_wal_consistency_checking in xlog.c).
  func unknownResourceManager(in value: String) -> String? {
    guard name == "wal_consistency_checking" else { return nil }
    return IdentifierList.elements(of: value)?.first {
      !Self.resourceManagers.contains($0.asciiLowercased)
    }
  }

  /// rmgrlist.h.
  private static let resourceManagers: Set = [
    "all", "heap2", "heap", "btree", "hash", "gin", "gist", "sequence", "spgist", "brin", "generic",
  ]
}
