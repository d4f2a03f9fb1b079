#!/usr/bin/env bash
# Accidents that happen rarely, and then at night: a second failover after the first, a lost
# state, a power failure. They run in this order on the nodes of topologies/accidents:
# "primary", its replicas "standby" and "relay", and the relay's "reader".
# Sourced by test-servers after operations.sh; PGTOPO_CASES=accidents runs them all.
# shellcheck disable=SC2034,SC2154 # set there, and used there

accidents=(
  first_start
  promoted_again
  lost_primary_replaced
  stopped_data_promoted
  claimed_without_a_state
  settings_raised_on_the_upstream
  cascade_diverged
  same_timeline_twice
  copied_anew_by_itself
  not_copied_anew_without_the_primary
  recopy_killed
  power_failed
  state_left_half_written
)
if [ "${PGTOPO_CASES:-}" = accidents ]; then PGTOPO_CASES="${accidents[*]}"; fi

# The first primary misses the second promotion, and finds itself two timelines behind.
promoted_again() {
  write "on timeline 1"
  "$folder/scripts/promote.sh" standby --yes
  write "on timeline 2"
  "$folder/scripts/test.sh"
  compose stop primary
  "$folder/scripts/promote.sh" relay --yes
  write "on timeline 3"
  compose up -d --wait
  everywhere "on timeline 1" "on timeline 2" "on timeline 3"
  # After a crash of the third primary, too.
  compose kill relay
  "$folder/scripts/promote.sh" primary --yes
  write "on timeline 4"
  everywhere "on timeline 2" "on timeline 4"
  expect 4 "$(state_of_all timeline)"
  status_is 0
}

# The primary's data is lost while its replicas run.
lost_primary_replaced() {
  write "before the primary was lost"
  everywhere "before the primary was lost"
  compose stop primary
  remove primary
  refuses "nobody can tell how much WAL" promote.sh standby --yes
  expect t "$(on standby "SELECT pg_is_in_recovery()")"
  "$folder/scripts/promote.sh" standby --yes --accept-loss
  compose up -d --wait
  everywhere "before the primary was lost"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

# The primary's data is lost, and no replica runs: a replica has the last copy.
stopped_data_promoted() {
  write "in data that is stopped"
  everywhere "in data that is stopped"
  compose stop
  remove primary
  refuses "does not answer" promote.sh standby --yes
  has_file standby global/pg_control
  "$folder/scripts/promote.sh" standby --yes --accept-loss
  expect f "$(on standby "SELECT pg_is_in_recovery()")"
  compose up -d --wait
  everywhere "in data that is stopped"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

# Nothing knows any more that "standby" was promoted: no node becomes writable until somebody
# says whose data counts.
claimed_without_a_state() {
  "$folder/scripts/promote.sh" standby --yes
  write "by the promoted one"
  everywhere "by the promoted one"
  compose down
  forget_state
  if compose up -d --wait; then because "it came up without anybody's decision"; fi
  eventually 60 has_said primary "the data is a replica's, and this node is declared the primary"
  eventually 60 has_said standby "the data is a primary's, and this node is declared a replica"
  ! wait_for_writable standby || because "it became writable"
  refuses "cannot be the primary as it is" promote.sh primary --yes
  "$folder/scripts/promote.sh" standby --yes
  compose up -d --wait
  everywhere "by the promoted one"
  expect f "$(on standby "SELECT pg_is_in_recovery()")"
  expect t "$(on primary "SELECT pg_is_in_recovery()")"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

# One of the settings that must not be lower on a standby: replay stops until a restart.
settings_raised_on_the_upstream() {
  local name
  on primary "ALTER SYSTEM SET max_connections = 321"
  compose restart primary
  for name in standby relay reader; do is_unwell "$name" "replay is paused"; done
  write "while replay is paused"
  status_is 1
  shows 'replay is paused on "standby"'
  compose restart standby relay reader
  compose up -d --wait
  everywhere "while replay is paused"
  expect 321 "$(on reader "SHOW max_connections")"
  on primary "ALTER SYSTEM RESET max_connections"
  compose restart primary
  compose up -d --wait
  write "lowered again"
  everywhere "lowered again"
  compose restart standby relay reader
  eventually 60 "$folder/scripts/status.sh"
  expect 100 "$(on reader "SHOW max_connections")"
}

# The reader has followed its relay into a history that the primary does not have. Its data is
# discarded only when somebody says so, with or without `recopy: automatic`.
cascade_diverged() {
  local name
  write "before the relay left"
  everywhere "before the relay left"
  on primary "CHECKPOINT"
  on relay "SELECT pg_promote()" >/dev/null
  on relay "INSERT INTO operations VALUES ('on the relay alone')"
  write "on the primary meanwhile"
  is_unwell relay "there are two"
  is_unwell reader "diverged"
  # Docker's verdict comes only after several checks.
  eventually 60 is_not_up
  expect 1 "$(on reader "SELECT count(*) FROM operations WHERE line = 'on the relay alone'")"
  # It would only follow the relay there again.
  refuses "Run scripts/rejoin.sh relay first" rejoin.sh reader --yes
  refuses "Run scripts/rejoin.sh relay first" recopy.sh reader --yes
  # It is not healthy either while no node can be asked.
  compose stop primary
  is_unwell reader "diverged"
  compose up -d primary
  eventually 60 on primary "SELECT 1"
  for name in relay reader; do "$folder/scripts/rejoin.sh" "$name" --yes; done
  compose up -d --wait
  everywhere "on the primary meanwhile"
  expect 0 "$(on reader "SELECT count(*) FROM operations WHERE line = 'on the relay alone'")"
  status_is 0
}

# Two nodes are promoted from the same history, independently: their timelines have the same
# number, and pg_rewind sees no difference.
same_timeline_twice() {
  write "before there were two"
  everywhere "before there were two"
  on primary "CHECKPOINT"
  on standby "SELECT pg_promote()" >/dev/null
  on standby "INSERT INTO operations VALUES ('on the standby alone')"
  eventually 60 is_unhealthy standby "there are two"
  compose stop standby
  write "by the primary, meanwhile"
  eventually 60 has_line relay "by the primary, meanwhile"
  if "$folder/scripts/promote.sh" relay --yes; then because "the standby follows"; fi
  expect f "$(on relay "SELECT pg_is_in_recovery()")"
  write "by the relay"
  expect "$(state_of_all timeline)" "$(timeline_of standby)"
  if compose up -d --wait; then because "data of another timeline came up"; fi
  is_not_up
  eventually 60 has_said standby "the data has diverged"
  "$folder/scripts/rejoin.sh" standby --yes
  compose up -d --wait
  everywhere "by the primary, meanwhile" "by the relay"
  expect 0 "$(on standby "SELECT count(*) FROM operations WHERE line = 'on the standby alone'")"
  "$folder/scripts/promote.sh" primary --yes
  status_is 0
}

timeline_of() {
  sed -n 's/^timeline=//p' "$(state_folder)/nodes/$1"
}

# Its slot is gone, and the WAL with it. The topology allows it to make itself a new copy.
copied_anew_by_itself() {
  compose stop standby
  on primary "SELECT pg_drop_replication_slot('$(declared_slot standby)')" >/dev/null
  write_much
  write "after the WAL was gone"
  compose up -d
  eventually 120 is_well_now standby
  said standby "as the topology says (recopy: automatic)"
  said standby "no longer has the WAL that this node needs"
  compose up -d --wait
  everywhere "after the WAL was gone"
  status_is 0
}

# It is unknown whether the relay has everything that the reader has: the reader keeps its
# data, and is copied when the primary is back.
not_copied_anew_without_the_primary() {
  compose stop reader
  on relay "SELECT pg_drop_replication_slot('$(declared_slot reader)')" >/dev/null
  write_much
  write "after the WAL of the reader was gone"
  eventually 60 has_line relay "after the WAL of the reader was gone"
  on relay "CHECKPOINT"
  compose stop primary
  compose up -d --no-deps reader
  is_unwell reader "no longer has the WAL"
  sleep 10
  has_file reader global/pg_control
  ! has_file reader .pgtopo-recopy || because "it is to be thrown away without the primary"
  expect t "$(on reader "SELECT pg_is_in_recovery()")"
  compose up -d primary
  eventually 120 has_line reader "after the WAL of the reader was gone"
  eventually 60 compose up -d --wait
  # The others come back to the primary within some seconds.
  eventually 60 "$folder/scripts/status.sh"
}

is_well_now() {
  compose exec -T "$1" /pgtopo/scripts/health.sh --now </dev/null
}

# Half of the old data has been deleted, or all of it and half of the new copy is there.
recopy_killed() {
  local script
  write "before the copy was killed"
  "$folder/scripts/recopy.sh" standby --yes &
  script=$!
  wait_for_file standby .pgtopo-copy/base
  compose kill standby
  kill "$script" 2>/dev/null || :
  wait "$script" || :
  has_file standby .pgtopo-copying || because "the copy was not interrupted"
  compose up -d --wait
  everywhere "before the copy was killed"
  status_is 0
}

# An empty marker proves nothing: no data is deleted because of it.
power_failed() {
  local marker
  write "before the power failed"
  everywhere "before the power failed"
  for marker in .pgtopo-copying .pgtopo-initializing .pgtopo-recopy; do
    compose kill
    : >"$(data_folder standby)/$marker"
    : >"$(data_folder standby)/$marker.new"
    if compose up -d --wait; then because "it started over an empty \"$marker\""; fi
    said standby "$marker"
    has_file standby global/pg_control || because "the data is gone"
    rm "$(data_folder standby)/$marker"
    # Docker's verdict comes with the next check.
    eventually 60 compose up -d --wait
    everywhere "before the power failed"
  done
  status_is 0
}

# As left by file systems that wrote nothing of a file, and by killed processes.
state_left_half_written() {
  local state file
  state=$(state_folder)
  compose kill
  printf 'primary=sta' >"$state/.new.primary.77"
  mkdir -p "$state/nodes/.lock.primary"
  for file in standby relay; do : >"$state/nodes/$file"; done
  compose up -d --wait
  everywhere "before the power failed"
  compose stop
  : >"$state/primary"
  compose up -d --wait
  expect f "$(on primary "SELECT pg_is_in_recovery()")"
  everywhere "before the power failed"
  expect primary "$(state_of_all primary)"
  # Nodes that started before their upstream connect to it within some seconds.
  eventually 60 "$folder/scripts/status.sh"
}

# --- The archive: on Tests/Engine/topologies/archive ---------------------------

# Nothing is lost while the archive cannot be written; that is reported, and it recovers by itself.
archive_cannot_be_written() {
  local archive
  compose up -d --wait
  archive=$PGTOPO_SERVERS/volumes/$(compose config --format json |
    jq -r '.volumes["wal-archive"].name')
  chmod 0500 "$archive"
  write "while the archive is read-only"
  on primary "SELECT pg_switch_wal()" >/dev/null
  eventually 60 status_says "cannot archive"
  status_is 1
  shows '"primary" cannot archive "0000'
  chmod 0700 "$archive"
  eventually 90 "$folder/scripts/status.sh"
  "$folder/scripts/test.sh"
}

# --- Helpers -------------------------------------------------------

# everywhere LINE…: every node has these lines, soon.
everywhere() {
  local name line
  for name in $(primary) $(replicas); do
    for line in "$@"; do eventually 60 has_line "$name" "$line"; done
  done
}

has_line() {
  [ "$(on "$1" "SELECT count(*) FROM operations WHERE line = '$2'")" = 1 ]
}

state_folder() {
  echo "$PGTOPO_SERVERS/volumes/$(compose config --format json | jq -r '.volumes["pgtopo-state"].name')"
}

# state_of_all KEY: as the shared state has it.
state_of_all() {
  sed -n "s/^$1=//p" "$(state_folder)/primary"
}
