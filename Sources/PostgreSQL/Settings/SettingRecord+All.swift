extension SettingRecord {
  /// Sorted by name.
  static let all: [SettingRecord] = [
    SettingRecord(name: "application_name", check: .bytes(SettingCheck.cleaned), isName: true),
    SettingRecord(name: "archive_mode", aliases: .bools),
    SettingRecord(
      name: "autovacuum_max_workers", check: .integer(SettingCheck.backends), looksAtOthers: true),
    SettingRecord(name: "autovacuum_work_mem", check: .integer(SettingCheck.autovacuumWorkMem)),
    SettingRecord(name: "backslash_quote", aliases: .bools),
    SettingRecord(name: "backtrace_functions", check: .text(SettingCheck.backtraceFunctions)),
    SettingRecord(name: "bonjour", check: .bool(SettingCheck.bonjour)),
    SettingRecord(
      name: "checkpoint_segments", goneSince: 10, instead: "Use \"max_wal_size\" instead, a size."),
    SettingRecord(name: "client_encoding", check: .string(SettingCheck.encoding), isName: true),
    SettingRecord(name: "client_min_messages", aliases: .levels + .info),
    SettingRecord(name: "cluster_name", check: .bytes(SettingCheck.cleaned), isName: true),
    SettingRecord(name: "commit_timestamp_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(name: "composite_type_mismatch", dependsOnRelease: true),
    SettingRecord(name: "compute_query_id", aliases: .bools),
    SettingRecord(name: "constraint_exclusion", aliases: .bools),
    SettingRecord(name: "createrole_self_grant", check: .text(SettingCheck.createroleSelfGrant)),
    SettingRecord(name: "datestyle", check: .string(SettingCheck.dateStyle), looksAtOthers: true),
    SettingRecord(name: "db_user_namespace", goneSince: 17),
    SettingRecord(name: "debug_io_direct", check: .text(SettingCheck.ioDirect)),
    SettingRecord(name: "debug_parallel_query", aliases: .bools),
    SettingRecord(
      name: "default_table_access_method", check: .text(SettingCheck.tableAccessMethod),
      isName: true),
    SettingRecord(name: "default_with_oids", check: .bool(SettingCheck.defaultWithOIDs)),
    SettingRecord(name: "escape_string_warning", goneSince: 19),
    SettingRecord(name: "extension_destdir", dependsOnRelease: true),
    SettingRecord(name: "file_extend_method", dependsOnRelease: true),
    SettingRecord(
      name: "force_parallel_mode", aliases: .bools, goneSince: 16,
      instead: "Use \"debug_parallel_query\" instead.", successor: .renamed("debug_parallel_query")),
    SettingRecord(name: "huge_pages", aliases: .bools),
    SettingRecord(name: "icu_validation_level", aliases: .levels + .info),
    SettingRecord(
      name: "io_workers", goneSince: 19,
      instead: "Use \"io_min_workers\" and \"io_max_workers\" instead."),
    SettingRecord(
      name: "lc_collate", goneSince: 16,
      instead: "Use the collation of the database: \"initdb --lc-collate\"."),
    SettingRecord(
      name: "lc_ctype", goneSince: 16,
      instead: "Use the character type of the database: \"initdb --lc-ctype\"."),
    SettingRecord(name: "lc_messages", check: .text(SettingCheck.locale)),
    SettingRecord(name: "lc_monetary", check: .text(SettingCheck.locale)),
    SettingRecord(name: "lc_numeric", check: .text(SettingCheck.locale)),
    SettingRecord(name: "lc_time", check: .text(SettingCheck.locale)),
    SettingRecord(name: "log_connections", check: .text(SettingCheck.logConnections)),
    SettingRecord(name: "log_destination", check: .text(SettingCheck.logDestination)),
    SettingRecord(
      name: "log_executor_stats", check: .bool(SettingCheck.stageStats), looksAtOthers: true),
    SettingRecord(name: "log_min_error_statement", aliases: .levels),
    SettingRecord(name: "log_min_messages", aliases: .levels, check: .text(SettingCheck.logLevels)),
    SettingRecord(
      name: "log_parser_stats", check: .bool(SettingCheck.stageStats), looksAtOthers: true),
    SettingRecord(
      name: "log_planner_stats", check: .bool(SettingCheck.stageStats), looksAtOthers: true),
    SettingRecord(
      name: "log_statement_stats", check: .bool(SettingCheck.statementStats), looksAtOthers: true),
    SettingRecord(name: "log_timezone", check: .text(SettingCheck.timeZone)),
    SettingRecord(
      name: "max_connections", check: .integer(SettingCheck.backends), looksAtOthers: true),
    SettingRecord(name: "max_stack_depth", check: .integer(SettingCheck.stackDepth)),
    SettingRecord(
      name: "max_wal_senders", check: .integer(SettingCheck.backends), looksAtOthers: true),
    SettingRecord(
      name: "max_worker_processes", check: .integer(SettingCheck.backends), looksAtOthers: true),
    SettingRecord(name: "multixact_member_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(name: "multixact_offset_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(name: "notify_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(name: "old_snapshot_threshold", goneSince: 17),
    SettingRecord(name: "operator_precedence_warning", goneSince: 14),
    SettingRecord(
      name: "output_plugin_libraries", check: .text(SettingCheck.anyList), dependsOnRelease: true),
    SettingRecord(name: "primary_slot_name", check: .text(SettingCheck.slotName)),
    SettingRecord(
      name: "promote_trigger_file", goneSince: 16,
      instead: "Use \"pg_ctl promote\" or \"pg_promote()\" instead."),
    SettingRecord(name: "recovery_prefetch", aliases: .bools),
    SettingRecord(name: "recovery_target", check: .text(SettingCheck.recoveryTarget)),
    SettingRecord(name: "recovery_target_lsn", check: .text(SettingCheck.recoveryTargetLSN)),
    SettingRecord(name: "recovery_target_name", check: .text(SettingCheck.recoveryTargetName)),
    SettingRecord(name: "recovery_target_time", check: .text(SettingCheck.recoveryTargetTime)),
    SettingRecord(
      name: "recovery_target_timeline", check: .text(SettingCheck.recoveryTargetTimeline)),
    SettingRecord(name: "recovery_target_xid", check: .text(SettingCheck.recoveryTargetXID)),
    SettingRecord(
      name: "restrict_nonsystem_relation_kind", check: .text(SettingCheck.nonsystemRelationKind),
      dependsOnRelease: true),
    SettingRecord(name: "role", check: .text(SettingCheck.role), isName: true),
    SettingRecord(name: "search_path", check: .text(SettingCheck.anyList)),
    SettingRecord(name: "serializable_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(
      name: "session_authorization", check: .text(SettingCheck.sessionAuthorization), isName: true),
    SettingRecord(name: "sort_mem", currentName: "work_mem"),
    SettingRecord(
      name: "ssl_ecdh_curve", currentName: "ssl_groups", goneSince: 18,
      instead: "Use \"ssl_groups\" instead; the old name is still taken in the file."),
    SettingRecord(
      name: "standby_mode", goneSince: 12,
      instead: "Put a file \"standby.signal\" into the data directory instead."),
    SettingRecord(
      name: "standby_slot_names", goneSince: 17,
      instead: "Use \"synchronized_standby_slots\" instead."),
    SettingRecord(name: "stats_temp_directory", goneSince: 15),
    SettingRecord(name: "subtransaction_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(name: "synchronized_standby_slots", check: .text(SettingCheck.standbySlots)),
    SettingRecord(name: "synchronous_commit", aliases: .bools),
    SettingRecord(
      name: "synchronous_standby_names", check: .text(SettingCheck.synchronousStandbyNames)),
    SettingRecord(name: "temp_tablespaces", check: .text(SettingCheck.anyList)),
    SettingRecord(name: "timezone", check: .text(SettingCheck.timeZone)),
    SettingRecord(name: "timezone_abbreviations", check: .text(SettingCheck.timeZoneAbbreviations)),
    SettingRecord(name: "trace_recovery_messages", aliases: .levels + .info, goneSince: 17),
    SettingRecord(name: "transaction_buffers", check: .integer(SettingCheck.slruBuffers)),
    SettingRecord(
      name: "trigger_file", goneSince: 12,
      instead: "Use \"pg_ctl promote\" or \"pg_promote()\" instead."),
    SettingRecord(
      name: "vacuum_buffer_usage_limit", check: .integer(SettingCheck.vacuumBufferUsageLimit)),
    SettingRecord(name: "vacuum_cleanup_index_scale_factor", goneSince: 14),
    SettingRecord(
      name: "vacuum_defer_cleanup_age", goneSince: 16,
      instead: "Use \"hot_standby_feedback\" or replication slots instead."),
    SettingRecord(name: "vacuum_mem", currentName: "maintenance_work_mem"),
    SettingRecord(name: "wal_buffers", check: .integer(SettingCheck.walBuffers)),
    SettingRecord(
      name: "wal_compression",
      // `on` means pglz, and is shown as that.
      aliases: ["true", "yes", "1", "on"].map { SettingAlias(text: $0, value: "pglz") }
        + ["false", "no", "0"].map { SettingAlias(text: $0, value: "off") }),
    SettingRecord(name: "wal_consistency_checking", check: .text(SettingCheck.anyList)),
    SettingRecord(
      name: "wal_keep_segments", goneSince: 13,
      instead: "Use \"wal_keep_size\" instead, a size: a segment is 16MB.",
      successor: .segments("wal_keep_size")),
    SettingRecord(
      name: "wal_level",
      aliases: ["archive", "hot_standby"].map { SettingAlias(text: $0, value: "replica") }),
  ]
}

extension [SettingAlias] {
  /// The hidden words of enums that used to be booleans, or look like some.
  fileprivate static let bools =
    ["true", "yes", "1"].map { SettingAlias(text: $0, value: "on") }
    + ["false", "no", "0"].map { SettingAlias(text: $0, value: "off") }
  fileprivate static let levels = [SettingAlias(text: "debug", value: "debug2")]
  fileprivate static let info = [SettingAlias(text: "info", value: "info")]
}
