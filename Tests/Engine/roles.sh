#!/usr/bin/env bash
# Which node is writable, which ones follow, and which ones report that they do not: more
# cases for test-engine, as in cases.sh.
# shellcheck disable=SC2154 # set by test-engine

# The replica is promoted by hand while the primary is stopped. Whatever the topology says,
# before and after the roles are swapped in it, and in whatever order the nodes start, it is
# the writable one, and the old primary follows it.
swapped_roles_one_writable() {
  local old new container first second
  old=$(primary)
  new=$(last_replica)
  on "$old" "DROP TABLE IF EXISTS pgtopo_kept; CREATE TABLE pgtopo_kept AS SELECT 'before' AS line"
  "$folder/scripts/test.sh"
  compose stop "$old"
  on "$new" "SELECT pg_promote()" >/dev/null
  on "$new" "INSERT INTO pgtopo_kept VALUES ('after')"
  container=$(compose ps -q "$new")

  "$folder/scripts/setup.sh"
  one_writable "$new"
  status_says "$new" "role"
  set_role "$old" replica
  set_role "$new" primary
  render
  compose up -d --wait
  one_writable "$new"
  expect "$container" "$(compose ps -q "$new")"
  "$folder/scripts/setup.sh"
  # The slot that the old primary had for the new one is no longer needed.
  eventually 60 "$folder/scripts/status.sh"
  expect 0 "$(on "$old" "SELECT count(*) FROM pg_replication_slots
    WHERE slot_name = '$(declared_slot "$new")'")"

  for first in "$old" "$new"; do
    second=$([ "$first" = "$old" ] && echo "$new" || echo "$old")
    compose restart "$first"
    compose up -d --wait
    one_writable "$new"
    compose stop
    compose start "$first"
    compose start "$second"
    compose up -d --wait
    one_writable "$new"
  done
  compose down
  compose up -d --wait
  one_writable "$new"
  "$folder/scripts/test.sh"
}

# set_role NODE ROLE: changes the topology.
set_role() {
  awk -v node="$1" -v role="$2" '/^  [^ ]/ { inside = index($0, "  " node ":") == 1 }
    inside { sub(/role: [a-z]+/, "role: " role) } { print }' "$topology" >"$work/topology.new"
  cp "$work/topology.new" "$topology"
}

# Promoted while its primary runs: the primary stays the writable one.
writable_replica_is_said() {
  local name
  name=$(last_replica)
  on "$name" "SELECT pg_promote()" >/dev/null
  up_fails "$name" "writable"
  # Not a second one after a restart, either.
  compose restart "$name"
  up_fails "$name" "rejoin.sh"
  "$folder/scripts/rejoin.sh" "$name" --yes
  is_well
}

# The old primary has a row that no other node has, and finds another primary.
rejoined_and_promoted_back() {
  local old new name
  old=$(primary)
  new=$(replicas | head -n 1)
  on "$old" "DROP TABLE IF EXISTS pgtopo_kept; CREATE TABLE pgtopo_kept AS SELECT 'everywhere' AS line"
  "$folder/scripts/test.sh"
  for name in $(replicas); do compose stop "$name"; done
  on "$old" "SET synchronous_commit = local; INSERT INTO pgtopo_kept VALUES ('nowhere else')"
  compose kill "$old"
  for name in $(replicas); do compose start "$name"; done
  on_when_up "$new" "SELECT pg_promote()" >/dev/null
  on "$new" "SET synchronous_commit = local; INSERT INTO pgtopo_kept VALUES ('by the new one')"

  if "$folder/scripts/setup.sh" >"$work/setup" 2>&1; then because "a diverged node came up"; fi
  said "$old" "diverged"
  said "$old" "scripts/rejoin.sh $old"
  "$folder/scripts/rejoin.sh" "$old" --yes
  "$folder/scripts/setup.sh"
  expect "by the new one,everywhere" \
    "$(on "$old" "SELECT string_agg(line, ',' ORDER BY line) FROM pgtopo_kept")"
  one_writable "$new"

  "$folder/scripts/promote.sh" "$old" --yes
  one_writable "$old"
  is_well
}

on_when_up() {
  eventually 60 answers "$1"
  on "$@"
}

answers() {
  compose exec -T "$1" pg_isready -q -h 127.0.0.1 </dev/null
}

wrong_password_is_said() {
  local name
  name=$(last_replica)
  on "$(primary)" "ALTER ROLE repuser PASSWORD 'another one'"
  compose restart "$name"
  up_fails "$name" password
  on "$(primary)" "ALTER ROLE repuser PASSWORD $(literal "$REPLICATION_PASSWORD")"
  is_well
}

# Including its WAL, so that it can never follow again.
lost_slot_is_said() {
  local name
  name=$(last_replica)
  compose stop "$name"
  on "$(primary)" "SELECT pg_drop_replication_slot('$(declared_slot "$name")')" >/dev/null
  write_much
  up_fails "$name" "recopy.sh"
  "$folder/scripts/recopy.sh" "$name" --yes
  is_well
}

# The relay's new copy begins with a later segment than the one that its readers need, and it
# has their slots again. Without an archive, they say what is left to do.
relay_copied_anew() {
  local name
  remove relay
  up_fails reader-1 recopy.sh
  for name in reader-1 reader-2; do
    eventually 60 status_says "recopy.sh $name"
    expect 1 "$(on relay "SELECT count(*) FROM pg_replication_slots
      WHERE slot_name = '$(declared_slot "$name")'")"
    "$folder/scripts/recopy.sh" "$name" --yes
  done
  is_well
}

# --- Helpers -----------------------------------------------

# up_fails NODE WORD: `up` does not succeed, and setup.sh and status.sh say why.
up_fails() {
  # Docker's verdict comes only after several checks.
  eventually 60 is_not_up
  if "$folder/scripts/setup.sh" >"$work/setup" 2>&1; then because "setup.sh takes it for well"; fi
  grep -qF -- "$2" "$work/setup" || {
    cat "$work/setup"
    because "setup.sh does not say: $2"
  }
  eventually 60 status_fails "$1" "$2"
}

is_not_up() {
  ! compose up -d --wait
}

# Docker's verdict comes with the next check.
is_well() {
  eventually 60 compose up -d --wait
  "$folder/scripts/setup.sh"
  "$folder/scripts/test.sh"
  "$folder/scripts/status.sh"
}

# slow_copies NODE RATE: limits its pg_basebackup to that rate, in override.yml.
slow_copies() {
  write_script "$work/pg_basebackup" \
    "exec /usr/lib/postgresql/$major/bin/pg_basebackup --max-rate=$2 \"\$@\""
  override_mount "$1" "$work/pg_basebackup" /usr/local/sbin/pg_basebackup
}
