#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# Does it replicate? Checks that each upstream knows its replicas by their names and
# with the declared sync states; that a row written on the primary is read on
# each replica; that replicas refuse writes. Ends with 1 and the reasons when not.
# PGTOPO_TEST_TIMEOUT: how many seconds a replica has for each step (default 60).
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"

limit=${PGTOPO_TEST_TIMEOUT:-60}
table=pgtopo_test_$$
failures=0

main() {
  # shellcheck disable=SC2154 # set by topology.sh
  [ "$(sql "$primary" "SELECT pg_is_in_recovery()")" = f ] ||
    give_up "node \"$primary\" does not run as a primary"
  trap drop_table EXIT
  trap 'exit 130' INT TERM
  sql "$primary" "CREATE TABLE $table (line text); INSERT INTO $table VALUES ('from $primary')" ||
    give_up "cannot write on \"$primary\""
  position=$(sql "$primary" "SELECT pg_current_wal_lsn()")
  # Not a pipe, whose last part could not count failures.
  while IFS=$tab read -r node upstream expected; do
    [ -n "$node" ] || continue
    if check_replica; then
      echo "ok: \"$node\" follows \"$upstream\" ($sync_state)"
    else
      failures=$((failures + 1))
    fi
  done <<END
$(replicas)
END
  [ "$failures" = 0 ] || give_up "$failures of the replicas failed"
}

check_replica() {
  within_limit is_known ||
    complain "\"$upstream\" has no streaming receiver with the application name \"$node\"" || return
  within_limit has_expected_state ||
    complain "\"$node\" is \"$sync_state\" on \"$upstream\", declared is \"$expected\"" || return
  within_limit has_replayed ||
    complain "\"$node\" has not replayed $position within $limit s" || return
  line=$(sql "$node" "SELECT line FROM $table") || complain "cannot read on \"$node\"" || return
  [ "$line" = "from $primary" ] || complain "\"$node\" returned another row: \"$line\"" || return
  refuses_writes
}

is_known() {
  sync_state=$(receiver "$upstream" "$node" | sed -n 's/^streaming|\([a-z]*\)|.*/\1/p')
  [ -n "$sync_state" ]
}

# A state may take a moment: a replica is synchronous only once it has confirmed.
has_expected_state() {
  is_known || return
  case "|$expected|" in
    *"|$sync_state|"*) ;;
    *) return 1 ;;
  esac
}

has_replayed() {
  [ "$(sql "$node" "SELECT pg_last_wal_replay_lsn() >= '$position'")" = t ]
}

refuses_writes() {
  [ "$(sql "$node" "SELECT pg_is_in_recovery()")" = t ] ||
    complain "\"$node\" is not in recovery: it is no replica" || return
  if message=$(sql "$node" "DELETE FROM $table" 2>&1); then
    complain "\"$node\" accepted a write" || return
  fi
  case $message in
    *25006*) ;; # read_only_sql_transaction
    *) complain "\"$node\" refused a write for another reason: $message" ;;
  esac
}

within_limit() {
  deadline=$(($(date +%s) + limit))
  until "$@"; do
    [ "$(date +%s)" -lt "$deadline" ] || return 1
    sleep 1
  done
}

drop_table() {
  status=$?
  trap - EXIT
  sql "$primary" "DROP TABLE IF EXISTS $table" ||
    complain "could not drop the table \"$table\" on \"$primary\"" || status=1
  exit "$status"
}

complain() {
  echo "test.sh: $1" >&2
  return 1
}

give_up() {
  echo "test.sh: $1" >&2
  exit 1
}

main "$@"
