/// Which majors have a setting, and what to use where it is gone.
package struct SettingAvailability: Hashable, Sendable {
  /// Runs of majors among the supported ones, oldest first; empty when none has it.
  package let majors: [ClosedRange<PostgresMajor>]
  /// The first major without it, when it is gone.
  package let goneSince: PostgresMajor?
  /// What to write or do instead, as a full sentence; nil when nothing takes its place.
  package let replacement: String?
  /// Whether minor releases brought it to majors that did not have it at first, or a
  /// packager's patch did: a server without it may be as good as one with it.
  package let dependsOnRelease: Bool

  /// Nil for a name that no major ever had.
  package init?(of name: String) {
    let key = name.asciiLowercased
    let majors = SettingTableReader.runs(of: key).map(\.majors)
    let retired = Self.retired[key]
    guard !majors.isEmpty || retired != nil else { return nil }
    self.majors = majors.reduce(into: []) { joined, next in
      if let last = joined.last, last.upperBound.number + 1 == next.lowerBound.number {
        joined[joined.count - 1] = last.lowerBound...next.upperBound
      } else {
        joined.append(next)
      }
    }
    let newest = PostgresMajor.supported.upperBound
    let afterLast = majors.last.map { PostgresMajor($0.upperBound.number + 1) }
    goneSince = afterLast.map { $0 <= newest ? $0 : nil } ?? retired.map(\.since)
    replacement = retired?.instead
    dependsOnRelease = Self.releaseDependent.contains(key)
  }

  /// The first supported major that has it, nil when the oldest already does or none does.
  package var since: PostgresMajor? {
    majors.first.flatMap {
      $0.lowerBound > PostgresMajor.supported.lowerBound ? $0.lowerBound : nil
    }
  }

  package func includes(_ major: PostgresMajor) -> Bool {
    majors.contains { $0.contains(major) }
  }

  /// Names that people still write, with the first major that has them no more (release
  /// notes of that major, "Migration").
  private static let retired: [String: (since: PostgresMajor, instead: String?)] = [
    "checkpoint_segments": (10, "Use \"max_wal_size\" instead, a size."),
    "db_user_namespace": (17, nil),
    "escape_string_warning": (19, nil),
    "force_parallel_mode": (16, "Use \"debug_parallel_query\" instead."),
    "io_workers": (19, "Use \"io_min_workers\" and \"io_max_workers\" instead."),
    "lc_collate": (16, "Use the collation of the database: \"initdb --lc-collate\"."),
    "lc_ctype": (16, "Use the character type of the database: \"initdb --lc-ctype\"."),
    "old_snapshot_threshold": (17, nil),
    "operator_precedence_warning": (14, nil),
    "promote_trigger_file": (16, "Use \"pg_ctl promote\" or \"pg_promote()\" instead."),
    "ssl_ecdh_curve": (18, "Use \"ssl_groups\" instead; the old name is still taken in the file."),
    "standby_mode": (12, "Put a file \"standby.signal\" into the data directory instead."),
    "standby_slot_names": (17, "Use \"synchronized_standby_slots\" instead."),
    "stats_temp_directory": (15, nil),
    "trace_recovery_messages": (17, nil),
    "trigger_file": (12, "Use \"pg_ctl promote\" or \"pg_promote()\" instead."),
    "vacuum_cleanup_index_scale_factor": (14, nil),
    "vacuum_defer_cleanup_age": (
      16, "Use \"hot_standby_feedback\" or replication slots instead."
    ),
    "wal_keep_segments": (13, "Use \"wal_keep_size\" instead, a size: a segment is 16MB."),
  ]

  /// Settings that came with minor releases, and `extension_destdir` of Debian's packages.
  private static let releaseDependent: Set = [
    "composite_type_mismatch", "extension_destdir", "file_extend_method",
    "output_plugin_libraries", "restrict_nonsystem_relation_kind",
  ]
}
