#!/usr/bin/env bash
# What people do with a running rendered folder: the scripts promote.sh, rejoin.sh, recopy.sh
# and status.sh, in this order on the same nodes, one "primary" and one "replica". Sourced by
# test-servers after cases.sh; PGTOPO_CASES=operations runs them all.
# shellcheck disable=SC2034,SC2154 # set there, and used there
# shellcheck disable=SC2016 # the containers' variables

operations=(
  first_start
  status_of_health
  promote_and_back
  promote_killed_between_its_steps
  promote_refuses
  promote_refuses_loss
  rejoin_by_rewind
  rejoin_by_copy
  two_writable_nodes
  recopied
  recopy_refuses
  status_of_what_differs
  status_of_stopped_nodes
  status_of_an_orphan
  reset_from_anywhere
)
if [ "${PGTOPO_CASES:-}" = operations ]; then PGTOPO_CASES="${operations[*]}"; fi

status_of_health() {
  status_is 0
  shows "primary  primary   primary  1 "
  shows "replica  replica   replica  1 "
}

promote_and_back() {
  write "before the promotion"
  "$folder/scripts/promote.sh" replica --yes
  expect f "$(on replica "SELECT pg_is_in_recovery()")"
  expect t "$(on primary "SELECT pg_is_in_recovery()")"
  expect 1 "$(on replica "SELECT count(*) FROM operations WHERE line = 'before the promotion'")"
  "$folder/scripts/test.sh"
  status_is 1
  shows '"replica" is the actual primary, and "primary" the declared one'
  shows 'Write "role: primary" for "replica"'
  # Doing it twice is the same as once.
  "$folder/scripts/promote.sh" replica --yes
  "$folder/scripts/promote.sh" primary --yes
  "$folder/scripts/test.sh"
  status_is 0
}

promote_killed_between_its_steps() {
  local step
  for step in record promote start_others; do
    echo "killed before $step"
    sed "s/^$step() {/&\n  kill -KILL \$\$/" "$folder/scripts/promote.sh" >"$work/promote.sh"
    ! (cd "$folder" && sh_in_folder "$work/promote.sh" replica --yes) || because "it was not killed"
    status_is 1
    "$folder/scripts/promote.sh" replica --yes
    expect f "$(on replica "SELECT pg_is_in_recovery()")"
    "$folder/scripts/test.sh"
    "$folder/scripts/promote.sh" primary --yes
  done
  status_is 0
}

promote_refuses() {
  refuses "no node of this topology" promote.sh nobody --yes
  compose stop replica
  refuses "only a replica that runs can be promoted" promote.sh replica --yes
  compose up -d --wait
  on replica "SELECT pg_wal_replay_pause()" >/dev/null
  refuses "replay is paused" promote.sh replica --yes
  on replica "SELECT pg_wal_replay_resume()" >/dev/null
  if echo no | "$folder/scripts/promote.sh" replica; then because "it took no for an answer"; fi
  "$folder/scripts/test.sh"
}

# The primary has a change that no replica received, and crashes.
promote_refuses_loss() {
  write "on both"
  "$folder/scripts/test.sh"
  compose stop replica
  write "on the primary alone"
  compose kill primary
  compose up -d replica
  wait_for on replica "SELECT 1"
  refuses "bytes of WAL that \"primary\" has" promote.sh replica --yes
  expect t "$(on replica "SELECT pg_is_in_recovery()")"
  # Diverged data is neither started as a second primary nor thrown away.
  if "$folder/scripts/promote.sh" replica --yes --accept-loss; then
    because "the old primary follows, and what it alone had is gone"
  fi
  expect f "$(on replica "SELECT pg_is_in_recovery()")"
  # It restarts again and again, and refuses each time the new primary answers.
  eventually 60 status_shows '"primary" does not start: the data has diverged from upstream "replica"'
  shows 'scripts/rejoin.sh primary'
}

rejoin_by_rewind() {
  local words
  words=$(echo no | "$folder/scripts/rejoin.sh" primary) && because "it took no for an answer"
  printf '%s\n' "$words"
  grep -q '"primary" and "replica" parted at 0/' <<<"$words"
  grep -q 'bytes of WAL that no other node has' <<<"$words"
  "$folder/scripts/rejoin.sh" primary --yes >"$work/rejoin" 2>&1 || { cat "$work/rejoin" && false; }
  cat "$work/rejoin"
  ! grep -q "new copy" "$work/rejoin" || because "pg_rewind did not do"
  "$folder/scripts/test.sh"
  expect 0 "$(on replica "SELECT count(*) FROM operations WHERE line = 'on the primary alone'")"
  # Nothing is left of what pg_rewind was granted.
  expect f "$(on_postgres replica "SELECT has_function_privilege('repuser',
    'pg_read_binary_file(text)', 'EXECUTE')")"
  expect 1 "$(on primary "SELECT count(*) FROM operations WHERE line = 'on both'")"
  "$folder/scripts/rejoin.sh" primary --yes | grep "there is nothing to do"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

# The WAL since the switch point is gone, and pg_rewind cannot read it.
rejoin_by_copy() {
  compose stop replica
  write "on the primary alone, again"
  on primary "CHECKPOINT; SELECT pg_switch_wal(); CHECKPOINT; SELECT pg_switch_wal(); CHECKPOINT"
  compose kill primary
  compose up -d replica
  wait_for on replica "SELECT 1"
  "$folder/scripts/promote.sh" replica --yes --accept-loss || :
  compose stop primary
  find "$(data_folder primary)/pg_wal" -name '0000*' | sort | sed '$d' | sed '$d' | xargs rm
  "$folder/scripts/rejoin.sh" primary --yes >"$work/rejoin" 2>&1 || { cat "$work/rejoin" && false; }
  cat "$work/rejoin"
  grep -q '"primary" has a new copy' "$work/rejoin"
  "$folder/scripts/test.sh"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

# A promotion beside a running primary is reported, and no start makes it worse.
two_writable_nodes() {
  # The point to go back to is in WAL that the replica has.
  on primary "CHECKPOINT"
  on replica "SELECT pg_promote()"
  status_is 1
  shows 'two writable nodes: "primary" "replica"; the actual primary is "primary"'
  refuses "there are two" promote.sh replica --yes
  compose restart replica
  ! wait_for_writable replica || because "the second primary started again"
  status_is 1
  shows '"replica" does not start'
  "$folder/scripts/rejoin.sh" replica --yes
  "$folder/scripts/test.sh"
  status_is 0
}

recopied() {
  write "before the copy"
  "$folder/scripts/recopy.sh" replica --yes
  expect 1 "$(on replica "SELECT count(*) FROM operations WHERE line = 'before the copy'")"
  "$folder/scripts/test.sh"
  status_is 0
}

recopy_refuses() {
  refuses "is the actual primary" recopy.sh primary --yes
  refuses "is the actual primary" rejoin.sh primary --yes
  compose stop primary
  refuses "does not answer" recopy.sh replica --yes
  refuses "does not answer" rejoin.sh replica --yes
  compose up -d --wait
  if echo no | "$folder/scripts/recopy.sh" replica; then because "it took no for an answer"; fi
  "$folder/scripts/test.sh"
}

status_of_what_differs() {
  on primary "ALTER SYSTEM SET max_connections = 123"
  on primary "ALTER SYSTEM SET max_slot_wal_keep_size = '1GB'"
  on primary "SELECT pg_reload_conf(), pg_create_physical_replication_slot('left_over', true)"
  on primary "ALTER ROLE app PASSWORD 'not the declared one'"
  on replica "SELECT pg_wal_replay_pause()"
  wait_for test -n "$(on primary "SELECT 1 FROM pg_settings WHERE pending_restart")"
  status_is 1
  shows 'ALTER SYSTEM overrides settings of the topology on "primary": max_slot_wal_keep_size'
  shows 'ALTER SYSTEM RESET max_slot_wal_keep_size; SELECT pg_reload_conf();'
  shows 'settings of "primary" wait for a restart: max_connections'
  shows 'the declared password of user "app" does not let in'
  shows 'slot "left_over" on "primary" belongs to no declared node, and retains'
  shows "SELECT pg_drop_replication_slot('left_over');"
  shows 'replay is paused on "replica"'
  ! grep -qF -- "$APP_PASSWORD" <<<"$said" || because "a password was shown"
  on replica "SELECT pg_wal_replay_resume()"
  on primary "ALTER SYSTEM RESET ALL"
  on primary "SELECT pg_reload_conf(), pg_drop_replication_slot('left_over')"
  on primary "ALTER ROLE app RENAME TO renamed"
  status_is 1
  shows 'user "app" is declared, and the database does not have it'
  on primary "ALTER ROLE renamed RENAME TO app"
  on primary "ALTER ROLE app PASSWORD '$APP_PASSWORD'"
  wait_for status_is 0
}

status_of_stopped_nodes() {
  compose stop replica
  status_is 1
  shows '"replica" is stopped'
  compose stop
  status_is 1
  shows "primary  primary   stopped"
  shows "replica  replica   stopped"
  grep -q 'primary .* stopped *[0-9]* *0/' <<<"$said" || because "its end of WAL is not shown"
  compose up -d --wait replica
  status_is 1
  shows 'its upstream "primary" is away'
  compose up -d --wait
  # A replica that has streamed is healthy while it reconnects to its upstream.
  eventually 60 "$folder/scripts/status.sh"
  status_is 0
}

status_of_an_orphan() {
  jq -n '{services: {extra: {image: "postgres:17", entrypoint: ["sleep", "600"]}}}' \
    >"$folder/compose.override.yml"
  "$folder/scripts/setup.sh"
  status_is 0
  rm "$folder/compose.override.yml"
  status_is 1
  shows 'the container of "extra" belongs to no node of the topology'
  compose up -d --wait --remove-orphans
  status_is 0
}

# Killed when half of the data is gone, and run again.
reset_from_anywhere() {
  write "before the reset"
  sed "s/^  erase .*archive$/  kill -KILL \$\$/" "$folder/scripts/reset.sh" >"$work/promote.sh"
  ! sh_in_folder "$work/promote.sh" --yes || because "it was not killed"
  compose up -d --wait
  expect 1 "$(on replica "SELECT count(*) FROM operations WHERE line = 'before the reset'")"
  echo yes | "$folder/scripts/reset.sh"
  expect "" "$(on primary "SELECT relname FROM pg_class WHERE relname = 'operations'")"
  "$folder/scripts/test.sh"
  status_is 0
}

# Everything in Documentation/living-with-it.md, with a topology of its own.
guide() {
  compose down --volumes
  mkdir -p "$work/guide"
  cd "$work/guide" || return
  "$PGTOPO_PYTHON" "$tools/guide.py" "$here/Documentation/living-with-it.md" \
    "$(realpath -m "${PGTOPO:-$here/.build/release/pgtopo}")"
}

# refuses WORDS SCRIPT ARGUMENT…
refuses() {
  local expected=$1 script=$2 words
  shift 2
  if words=$("$folder/scripts/$script" "$@" 2>&1); then because "$script $* did it: $words"; fi
  printf '%s\n' "$words"
  grep -qF -- "$expected" <<<"$words" || because "$script $* does not say: $expected"
}

wait_for() {
  local attempt
  for ((attempt = 0; attempt < 60; attempt++)); do
    if "$@" >/dev/null 2>&1; then return; fi
    sleep 0.5
  done
  because "in vain: $*"
}

wait_for_writable() {
  local attempt
  for ((attempt = 0; attempt < 10; attempt++)); do
    if [ "$(on "$1" "SELECT pg_is_in_recovery()" 2>/dev/null)" = f ]; then return; fi
    sleep 0.5
  done
  return 1
}

on_postgres() {
  compose exec -T "$1" sh -c 'exec psql -XAtqw -U "$POSTGRES_USER" -d postgres -c "$1"' psql "$2" </dev/null
}

# --- Helpers -------------------------------------------------------

# A script whose folder is the rendered one.
sh_in_folder() {
  sed "s|^folder=.*|folder='$folder'|" "$1" >"$1.moved"
  shift
  sh "$work/promote.sh.moved" "$@"
}

write() {
  on "$(recorded)" "CREATE TABLE IF NOT EXISTS operations (line text); INSERT INTO operations VALUES ('$1')"
}

# The node that the state names.
recorded() {
  sed -n 's/^primary=//p' "$folder/.pgtopo-actual" | grep . || echo primary
}

# status_is NUMBER: status.sh exits with it. Its output is in `said`.
status_is() {
  local result=0
  said=$("$folder/scripts/status.sh") || result=$?
  printf '%s\n' "$said"
  expect "$1" "$result"
  awk 'length > 80 && !/^  / { print "too wide: " $0; bad = 1 } END { exit bad }' <<<"${said%%$'\n\n'*}"
}

# status_shows WORDS: status.sh shows them now, and exits with 1.
status_shows() {
  said=$("$folder/scripts/status.sh") && return 1
  grep -qF -- "$1" <<<"$said"
}

shows() {
  grep -qF -- "$1" <<<"$said" || because "status.sh does not show: $1"
}
