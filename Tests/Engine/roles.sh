#!/usr/bin/env bash
# Who is writable, who follows, and who says that it does not: more cases for test-engine, as
# in cases.sh.
# shellcheck disable=SC2154 # set by test-engine

# The replica takes over from a primary that is stopped, by hand. Whatever the topology
# says, before and after the roles are swapped in it, and in whatever order nodes start, it
# is the one that is writable, and the old primary follows it.
swapped_roles_one_writable() {
  local old new container first second
  old=$(primary)
  new=$(last_replica)
  on "$old" "CREATE TABLE swapped AS SELECT 'before' AS line"
  "$folder/scripts/test.sh"
  compose stop "$old"
  on "$new" "SELECT pg_promote()" >/dev/null
  on "$new" "INSERT INTO swapped VALUES ('after')"
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
  "$folder/scripts/status.sh"

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

# one_writable NODE: it and no other, and all of them have what it has.
one_writable() {
  local name rows
  rows=$(on "$1" "INSERT INTO swapped VALUES ('again') RETURNING (SELECT count(*) + 1 FROM swapped)")
  for name in $(primary) $(replicas); do
    expect "$name $([ "$name" = "$1" ] && echo f || echo t)" \
      "$name $(on "$name" "SELECT pg_is_in_recovery()")"
    eventually 60 has_rows "$name" "$rows"
  done
}

has_rows() {
  [ "$(on "$1" "SELECT count(*) FROM swapped")" = "$2" ]
}

# set_role NODE ROLE, in the topology.
set_role() {
  awk -v node="$1" -v role="$2" '/^  [^ ]/ { inside = index($0, "  " node ":") == 1 }
    inside { sub(/role: [a-z]+/, "role: " role) } { print }' "$topology" >"$work/topology.new"
  cp "$work/topology.new" "$topology"
}

# Promoted beside its primary that runs: the primary stays the one that is writable.
writable_replica_is_said() {
  local name
  name=$(last_replica)
  on "$name" "SELECT pg_promote()" >/dev/null
  is_unwell "$name" "writable"
  # Not a second one after a restart, either.
  compose restart "$name"
  is_unwell "$name" "rejoin.sh"
  "$folder/scripts/rejoin.sh" --yes "$name"
  is_well
}

# The old primary has a row that nobody else has, and finds another primary.
rejoined_and_promoted_back() {
  local old new name
  old=$(primary)
  new=$(replicas | head -n 1)
  on "$old" "CREATE TABLE swapped AS SELECT 'everywhere' AS line"
  "$folder/scripts/test.sh"
  for name in $(replicas); do compose stop "$name"; done
  on "$old" "SET synchronous_commit = local; INSERT INTO swapped VALUES ('nowhere else')"
  compose kill "$old"
  for name in $(replicas); do compose start "$name"; done
  on_when_up "$new" "SELECT pg_promote()" >/dev/null
  on "$new" "SET synchronous_commit = local; INSERT INTO swapped VALUES ('by the new one')"

  if "$folder/scripts/setup.sh" >"$work/setup" 2>&1; then because "a diverged node came up"; fi
  said "$old" "diverged"
  said "$old" "scripts/rejoin.sh $old"
  "$folder/scripts/rejoin.sh" --yes "$old"
  "$folder/scripts/setup.sh"
  expect "by the new one,everywhere" \
    "$(on "$old" "SELECT string_agg(line, ',' ORDER BY line) FROM swapped")"
  one_writable "$new"

  "$folder/scripts/promote.sh" --yes "$old"
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
  is_unwell "$name" password
  on "$(primary)" "ALTER ROLE repuser PASSWORD $(literal "$REPLICATION_PASSWORD")"
  is_well
}

# With its WAL, so that it can never follow again.
lost_slot_is_said() {
  local name
  name=$(last_replica)
  compose stop "$name"
  on "$(primary)" "SELECT pg_drop_replication_slot('$(slot_of "$name")')" >/dev/null
  write_much
  is_unwell "$name" "recopy.sh"
  "$folder/scripts/recopy.sh" --yes "$name"
  is_well
}

# The relay's new copy has none of the slots that its readers used. Where it also lacks
# their WAL, they say so.
relay_copied_anew() {
  local name
  remove relay
  is_well
  compose stop relay reader-1 reader-2
  write_much
  remove relay
  is_unwell reader-1 "recopy.sh"
  for name in reader-1 reader-2; do "$folder/scripts/recopy.sh" --yes "$name"; done
  is_well
}

# The copy that pg_basebackup makes gets all WAL, and has no database to keep it in: with
# one other replica of the two that a commit waits for, it waits.
copy_is_no_standby() {
  local copied stopped writer lsn
  copied=$(last_replica)
  stopped=$(replicas | grep -vxF -- "$copied" | head -n 1)
  on "$(primary)" "CREATE TABLE acknowledged (line text)"
  "$folder/scripts/test.sh"
  compose stop "$stopped"
  remove "$copied"
  slow_copies "$copied" 100k
  PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --no-deps "$copied"
  eventually 60 is_copying
  on "$(primary)" "INSERT INTO acknowledged VALUES ('by too few')" &
  writer=$!
  eventually 30 commit_waits
  # With the segment it flushes, which is what counts as a confirmation.
  lsn=$(on "$(primary)" "SELECT pg_switch_wal()")
  eventually 60 copy_has "$lsn"
  sleep 3
  expect "t async" "$(on "$(primary)" "SELECT string_agg(DISTINCT (flush_lsn IS NULL)::text || ' ' ||
    sync_state, ',') FROM pg_stat_replication WHERE application_name = 'pgtopo-copy'" | sed s/true/t/)"
  commit_waits
  kill -0 "$writer"
  compose start "$stopped"
  wait "$writer"
  compose up -d --wait
  is_well
}

is_copying() {
  [ "$(on "$(primary)" "SELECT count(*) FROM pg_stat_replication
    WHERE application_name = 'pgtopo-copy'")" = 2 ]
}

commit_waits() {
  [ "$(on "$(primary)" "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" = 1 ]
}

copy_has() {
  [ "$(on "$(primary)" "SELECT bool_or(sent_lsn >= '$1') FROM pg_stat_replication
    WHERE application_name = 'pgtopo-copy'")" = t ]
}

# --- What the cases are made of ----------------------------------------------

# is_unwell NODE WORD: all is started, and nobody says that all is well. Its log, status.sh or
# setup.sh says why.
is_unwell() {
  if compose up -d --wait; then because "\"$1\" counts as healthy"; fi
  if "$folder/scripts/setup.sh" >"$work/setup" 2>&1; then because "setup.sh takes it for well"; fi
  grep -F -- "$1" "$work/setup" | grep -qF -- "$2" || grep -qF -- "$2" "$work/setup" || {
    cat "$work/setup"
    because "setup.sh does not say: $2"
  }
  status_fails "$1" "$2"
}

is_well() {
  "$folder/scripts/setup.sh"
  "$folder/scripts/test.sh"
  "$folder/scripts/status.sh"
}

slot_of() {
  awk -F '\t' -v name="$1" '$1 == name { print $5 }' "$folder/scripts/nodes"
}

# slow_copies NODE RATE: its pg_basebackup, in override.yml, takes no more than that.
slow_copies() {
  cat >"$work/pg_basebackup" <<END
#!/bin/sh
exec /usr/lib/postgresql/$major/bin/pg_basebackup --max-rate=$2 "\$@"
END
  chmod 0755 "$work/pg_basebackup"
  jq -n --arg name "$1" --arg source "$work/pg_basebackup" '{services: {($name): {volumes: [{type:
    "bind", source: $source, target: "/usr/local/bin/pg_basebackup", read_only: true}]}}}' \
    >"$work/override.yml"
}
