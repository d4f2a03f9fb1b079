#!/bin/sh
# Does it replicate? Checks, with the actual roles, that each upstream knows its replicas by
# their names and with sync states that fit synchronous_standby_names; that a row
# written on the primary is read on each replica; that replicas refuse writes. Ends
# with 1 and the reasons when not.
# PGTOPO_TEST_TIMEOUT: how many seconds a replica has for each step (default 60).
set -eu

folder=$(cd "$(dirname "$0")/.." && pwd)
# shellcheck source=topology.sh
. "$folder/scripts/topology.sh"

limit=${PGTOPO_TEST_TIMEOUT:-60}
table=pgtopo_test_$$
failures=0

main() {
  read_state || give_up "no node can tell the state of the topology: is any running?"
  [ -n "$actual" ] || give_up "nobody recorded who the primary is: run scripts/setup.sh"
  [ "$(in_recovery "$actual")" = f ] ||
    give_up "node \"$actual\" does not run as a primary: scripts/status.sh says why"
  synchronous=$(sql "$actual" "SHOW synchronous_standby_names")
  trap drop_table EXIT
  trap 'exit 130' INT TERM
  sql "$actual" "CREATE TABLE $table (line text); INSERT INTO $table VALUES ('from $actual')" ||
    give_up "cannot write on \"$actual\""
  position=$(sql "$actual" "SELECT pg_current_wal_lsn()")
  for node in $(declared_nodes); do
    [ "$node" != "$actual" ] || continue
    upstream=$(upstream_of "$node")
    expected=$(expected_sync_state)
    if check_replica; then
      echo "ok: \"$node\" follows \"$upstream\" ($sync_state)"
    else
      failures=$((failures + 1))
    fi
  done
  [ "$failures" = 0 ] || give_up "$failures of the replicas failed: scripts/status.sh may say why"
}

# What pg_stat_replication shows once all replicas stream. Between sync and potential PostgreSQL
# chooses, by what is there.
expected_sync_state() {
  if [ "$upstream" != "$actual" ]; then
    echo async
    return
  fi
  printf '%s\n' "$synchronous" | LC_ALL=C awk -v node="$node" '{
    state = toupper($1) == "ANY" ? "quorum" : "sync|potential"
    sub(/^[A-Za-z]* *[0-9]* *\(/, ""); sub(/\) *$/, "")
    count = split($0, names, ",")
    for (i = 1; i <= count; i++) {
      gsub(/^[ "]+|[ "]+$/, "", names[i])
      if (names[i] == "*" || tolower(names[i]) == tolower(node)) { print state; exit }
    }
    print "async"
  }'
}

check_replica() {
  within_limit is_known ||
    complain "\"$upstream\" has no streaming receiver with the application name \"$node\"" || return
  within_limit has_expected_state ||
    complain "\"$node\" is \"$sync_state\" on \"$upstream\", expected is \"$expected\"" || return
  within_limit has_replayed ||
    complain "\"$node\" has not replayed $position within $limit s" || return
  line=$(sql "$node" "SELECT line FROM $table") || complain "cannot read on \"$node\"" || return
  [ "$line" = "from $actual" ] || complain "\"$node\" returned another row: \"$line\"" || return
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
  sql "$actual" "DROP TABLE IF EXISTS $table" ||
    complain "could not drop the table \"$table\" on \"$actual\"" || status=1
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
