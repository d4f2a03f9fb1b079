#!/bin/sh
# facts.sh [state|history]: what this node knows, for the scripts outside of the containers;
# with "state", only what all nodes have noted, and with "history" where earlier timelines
# ended. A line for each fact: its kind, then what it is, with tabs between.
#
# One connection asks all, since a server far behind or under load may be slow to let one in.
set -eu

tab=$(printf '\t')

main() {
  case ${1:-} in
    state) state ;;
    history) history ;;
    *)
      server || printf 'silent\t%s\n' "$(head -n 1 "$errors" | sed 's/^psql: error: //')"
      history
      health
      state
      ;;
  esac
}

# PGTOPO_STATE: where a copy of the state is, outside of the containers.
state() {
  folder=${PGTOPO_STATE:-/pgtopo/state}
  if [ -r "$folder/primary" ]; then
    sed "s/^/state$tab/; s/=/$tab/" "$folder/primary"
  fi
  for note in "$folder"/nodes/*; do
    [ -f "$note" ] || continue
    sed "s/^/note$tab${note##*/}$tab/; s/=/$tab/" "$note"
  done
}

# health, whether it is healthy, the reason, and what to do; without waiting for anything.
health() {
  if reason=$(sh /pgtopo/scripts/health.sh --now 2>/dev/null); then
    printf 'health\tyes\n'
  else
    printf '%s\n' "$reason" | tr '\t' ' ' | awk -v OFS="\t" '
      NR == 1 { problem = $0 } NR > 1 { hint = hint (hint == "" ? "" : " ") $0 }
      END { print "health", "no", problem, hint }'
  fi
}

# Where earlier timelines ended: "history TAB timeline TAB LSN".
history() {
  for newest in "$PGDATA"/pg_wal/*.history; do :; done
  [ -e "$newest" ] || return 0
  sed -n "s/^\([0-9][0-9]*\)[$tab ][$tab ]*\([0-9A-F]*\/[0-9A-F]*\)[$tab ].*/history$tab\1$tab\2/p" \
    "$newest"
}

server() {
  errors=/run/pgtopo/facts.errors
  rows=$(query 2>"$errors") || return
  printf '%s\n' "$rows"
  case $rows in
    server"$tab"primary*) accounts ;;
  esac
}

# --- Users and their passwords ---------------------------------------------------

# What is declared and missing, and whom the declared password does not let in. Nothing
# here shows a password, nor puts one on a command line.
accounts() {
  [ -r /pgtopo/scripts/accounts ] || return 0
  while IFS=$tab read -r kind name variable; do
    case $kind in
      user | database) ;;
      *) continue ;;
    esac
    if ! printf '%s\n' "$rows" | grep -Fqx -- "$kind$tab$name"; then
      printf 'missing\t%s\t%s\n' "$kind" "$name"
    elif [ "$kind" = user ]; then
      lets_in "$name" "$variable" || printf 'refused\t%s\n' "$name"
    fi
  done </pgtopo/scripts/accounts
}

# Over the loopback, whose HBA record asks for a password. Every other reason not to come in
# is no matter of the password.
lets_in() {
  value=$(password_in "$2") && [ -n "$value" ] || return 0
  refusal=$(PGPASSWORD=$value PGCONNECT_TIMEOUT=5 PGDATABASE=postgres PGUSER=$1 LC_ALL=C \
    psql -XAtqw -h 127.0.0.1 -p "${PGPORT:-5432}" -c '' 2>&1 >/dev/null) || :
  value=
  case $refusal in
    *"password authentication failed"*) return 1 ;;
  esac
}

# The variable, or the file that its twin names. Trailing newlines go, as in the image.
password_in() {
  eval "file=\${$1_FILE:-}"
  if [ -n "$file" ]; then
    cat "$file"
  else
    eval "printf '%s' \"\${$1:-}\""
  fi
}

# --- The server ------------------------------------------------------------------

query() {
  PGOPTIONS='-c statement_timeout=10s -c log_min_duration_statement=-1 -c log_statement=none' \
    PGDATABASE=postgres PGCONNECT_TIMEOUT=5 psql -XAtqw -F "$tab" -v ON_ERROR_STOP=1 \
    -U "$POSTGRES_USER" <<'SQL'
-- server, what it is, identifier, timeline, end of WAL, end of what is replayed
SELECT 'server', CASE WHEN r THEN 'replica' ELSE 'primary' END,
  (SELECT system_identifier FROM pg_control_system()),
  CASE WHEN r THEN (SELECT max(t) FROM (SELECT timeline_id FROM pg_control_checkpoint()
      UNION ALL SELECT min_recovery_end_timeline FROM pg_control_recovery()
      UNION ALL SELECT received_tli FROM pg_stat_wal_receiver) AS of(t))
    ELSE ('x' || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8))::bit(32)::int END,
  CASE WHEN r THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
    ELSE pg_current_wal_lsn() END,
  CASE WHEN r THEN pg_last_wal_replay_lsn() ELSE pg_current_wal_lsn() END
FROM (SELECT pg_is_in_recovery()) AS recovery(r);

-- since, seconds since the commit that was replayed last
SELECT 'since', coalesce(extract(epoch FROM now() - pg_last_xact_replay_timestamp())::bigint, 0)
WHERE pg_is_in_recovery();

SELECT 'paused', pg_get_wal_replay_pause_state()
WHERE pg_is_in_recovery() AND pg_get_wal_replay_pause_state() <> 'not paused';

-- receiver, whose, state, sync state, seconds of delay
SELECT 'receiver', application_name, state, sync_state,
  coalesce(extract(epoch FROM replay_lag)::bigint, 0) FROM pg_stat_replication;

-- slot, name, kind, active, its WAL, bytes that it retains
SELECT 'slot', slot_name, slot_type, active, coalesce(wal_status, '-'),
  greatest(0, coalesce(pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
    THEN greatest(pg_last_wal_receive_lsn(), pg_last_wal_replay_lsn())
    ELSE pg_current_wal_lsn() END, restart_lsn), 0))
FROM pg_replication_slots WHERE NOT temporary;

-- overridden, setting: what ALTER SYSTEM wrote comes last, and wins.
SELECT DISTINCT 'overridden', lower(own.name) FROM pg_file_settings AS own
JOIN pg_file_settings AS rendered ON lower(rendered.name) = lower(own.name)
WHERE own.sourcefile LIKE '%/postgresql.auto.conf'
  AND (rendered.sourcefile LIKE '/etc/pgtopo/%' OR rendered.sourcefile LIKE '/run/pgtopo/%');

SELECT 'pending', name FROM pg_settings WHERE pending_restart;

-- archive, the segment that cannot be archived, how often it failed
SELECT 'archive', last_failed_wal, failed_count FROM pg_stat_archiver
WHERE last_failed_time > coalesce(last_archived_time, '-infinity')
  AND current_setting('archive_mode') <> 'off';

SELECT 'synchronous', current_setting('synchronous_standby_names');
SELECT 'user', rolname FROM pg_roles WHERE rolcanlogin;
SELECT 'database', datname FROM pg_database;
SQL
}

main "$@"
