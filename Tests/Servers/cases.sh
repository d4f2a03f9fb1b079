#!/usr/bin/env bash
# The cases of a rendered folder: each is a function that test-servers runs, in this order,
# one after the other on the same nodes. They use `docker compose` alone, except for what a
# container engine has no command for.
#
# test-servers sets `folder` and `work`, sources this file, and runs each case in a
# shell that ends with the first command that fails.
# shellcheck disable=SC2034,SC2154 # set there, and used there
# shellcheck disable=SC2016 # the containers' variables

cases=(
  first_start
  files_have_no_errors
  passwords_stay_secret
  down_and_up_keeps_data
  replica_recreated_from_nothing
  replica_killed_while_copying
  primary_killed_while_initialising
  primary_replaced_while_initialising
  slot_made_again
  slots_log_no_errors
  secrets_are_unreadable
  old_primary_follows
  promoted_beside_the_primary
  refusals_are_explained
  lost_primary_is_not_made_anew
  primary_made_anew_is_noticed
  reset_starts_from_nothing
)

first_start() {
  watch_command_lines &
  watcher=$!
  trap 'kill "$watcher"' EXIT
  "$folder/scripts/setup.sh"
  "$folder/scripts/test.sh"
}

# What each server reports about its files: no error, no line without effect, and as many
# records as there are.
files_have_no_errors() {
  local name
  for name in $(primary) $(replicas); do
    expect "" "$(on "$name" "SELECT sourcefile, sourceline, name, error FROM pg_file_settings
      WHERE error IS NOT NULL OR NOT applied AND sourcefile = '/etc/pgtopo/postgresql.conf'")"
    expect "" "$(on "$name" "SELECT line_number, error FROM pg_hba_file_rules
      WHERE error IS NOT NULL")"
    expect "$(grep -c '^[a-z]' "$folder/$name/pg_hba.conf")" \
      "$(on "$name" "SELECT count(*) FROM pg_hba_file_rules")"
  done
}

passwords_stay_secret() {
  local name password users
  compose logs >"$work/logs"
  compose exec -T "$(primary)" sh -c 'cat "$PGDATA"/*.conf' >"$work/files"
  for name in $(replicas); do
    compose exec -T "$name" sh -c 'cat "$PGDATA"/*.conf' >>"$work/files"
    environment_of "$name" >>"$work/files"
  done
  environment_of "$(primary)" >>"$work/files"
  users=$(on "$(primary)" "SELECT rolname FROM pg_roles UNION SELECT datname FROM pg_database")
  passwords >"$work/passwords"
  [ -s "$work/passwords" ]
  # The passwords as they are, and as SQL writes them.
  sed "s/\\\\/\\\\\\\\/g; s/'/''/g" "$work/passwords" | cat - "$work/passwords" | sort -u |
    while IFS= read -r password; do
      # A password that is also a name would be found everywhere.
      if grep -qxF -- "$password" <<<"$users"; then continue; fi
      if grep -lF -- "$password" "$work/logs" "$work/files" "$work/command-lines"; then
        because "a password is in the file named above"
      fi
    done
}

down_and_up_keeps_data() {
  on "$(primary)" "CREATE TABLE pgtopo_kept AS SELECT 'still here' AS line"
  compose down
  compose up -d --wait
  local name
  for name in $(primary) $(replicas); do
    expect "still here" "$(on "$name" "SELECT line FROM pgtopo_kept")"
  done
  "$folder/scripts/test.sh"
}

replica_recreated_from_nothing() {
  remove "$(last_replica)"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

replica_killed_while_copying() {
  local name
  name=$(last_replica)
  remove "$name"
  kill_when "$name" .pgtopo-copy/base
  if ! has_file "$name" .pgtopo-copying || has_file "$name" PG_VERSION; then
    because "the copy was not interrupted"
  fi
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "the copy of the upstream was interrupted"
}

# During initdb, whose half-made directory looks like a database.
primary_killed_while_initialising() {
  local name
  for name in $(replicas) $(primary); do remove "$name"; done
  forget_state
  kill_when "$name" global/pg_control
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "the first initialisation did not finish"
}

# Later, in the user's own files, with the container's own memory lost, too.
primary_replaced_while_initialising() {
  local name
  for name in $(replicas) $(primary); do remove "$name"; done
  forget_state
  mkdir -p "$work/init"
  echo "sleep 60" >"$work/init/slow.sh"
  override_mount "$name" "$work/init" /pgtopo/init
  PGTOPO_COMPOSE_FILE=$work/override.yml kill_when "$name" .pgtopo-initializing
  compose rm --force --stop "$name"
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "the first initialisation did not finish"
}

# kill_when SERVICE FILE: starts everything, and kills the service when its data directory has
# the file.
kill_when() {
  local up
  compose up -d --wait >/dev/null 2>&1 &
  up=$!
  wait_for_file "$1" "$2" || :
  compose kill "$1"
  wait "$up" || :
}

# Look in the data directory, where some files come and go in a moment.
wait_for_file() {
  local data attempt
  data=$(data_folder "$1")
  for ((attempt = 0; attempt < 6000; attempt++)); do
    if [ -e "$data/$2" ]; then return; fi
    sleep 0.01
  done
  because "\"$1\" never had the file \"$2\""
}

slot_made_again() {
  local name upstream slot
  name=$(last_replica)
  upstream=$(declared_upstream "$name")
  slot=$(declared_slot "$name")
  if [ -z "$slot" ]; then return; fi
  compose stop "$name"
  on "$upstream" "SELECT pg_drop_replication_slot('$slot')" >/dev/null
  compose up -d --wait
  "$folder/scripts/test.sh"
  expect t "$(on "$upstream" "SELECT active FROM pg_replication_slots WHERE slot_name = '$slot'")"
}

# The replica is promoted by hand while the primary is stopped: from then on it is the
# primary, whatever starts in whatever order, and the old one follows it.
old_primary_follows() {
  local old new
  old=$(primary)
  new=$(direct_replica)
  on "$old" "DROP TABLE IF EXISTS pgtopo_kept; CREATE TABLE pgtopo_kept AS SELECT 'still here' AS line"
  "$folder/scripts/test.sh"
  compose stop "$old"
  on "$new" "SELECT pg_promote()" >/dev/null
  on "$new" "SET synchronous_commit = local; INSERT INTO pgtopo_kept VALUES ('by the new one')"
  compose up -d --wait
  one_writable "$new"
  compose restart "$new"
  compose up -d --wait
  one_writable "$new"
  compose down
  compose up -d --wait
  one_writable "$new"
  # And back.
  compose stop "$new"
  on "$old" "SELECT pg_promote()" >/dev/null
  compose up -d --wait
  one_writable "$old"
  "$folder/scripts/test.sh"
}

# one_writable NODE: it is the only one, and what it writes reaches all others.
one_writable() {
  local name rows
  on "$1" "INSERT INTO pgtopo_kept VALUES ('again')"
  rows=$(on "$1" "SELECT count(*) FROM pgtopo_kept")
  for name in $(primary) $(replicas); do
    expect "$name $([ "$name" = "$1" ] && echo f || echo t)" \
      "$name $(on "$name" "SELECT pg_is_in_recovery()")"
    eventually 60 has_rows "$name" "$rows"
  done
}

has_rows() {
  [ "$(on "$1" "SELECT count(*) FROM pgtopo_kept")" = "$2" ]
}

# Then two nodes are writable. The recorded one stays the primary; the other one reports it,
# and does not start as a second primary again.
promoted_beside_the_primary() {
  local name
  name=$(last_replica)
  on "$name" "SELECT pg_promote()" >/dev/null
  is_unwell "$name" "the actual primary is \"$(primary)\": there are two"
  compose stop "$name"
  if compose up -d --wait; then because "\"$name\" came up as a second primary"; fi
  said "$name" "scripts/rejoin.sh $name"
  remove "$name"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

# A replica with data continues, can be read and reports what is wrong; one without data
# reports it and stops. With the original declaration, it is healthy again with all its data.
refusals_are_explained() {
  local name
  name=$(last_replica)
  on "$(primary)" "DROP TABLE IF EXISTS pgtopo_kept;
    CREATE TABLE pgtopo_kept AS SELECT 'still here' AS line"
  "$folder/scripts/test.sh"
  override "$name" REPLICATION_PASSWORD "not the password" REPLICATION_PASSWORD_FILE ""
  goes_on_without_upstream "$name" "refused the password of"
  stops_without_data "$name" "password authentication failed"
  sed 's/ user=[^ \t]*/ user=nobody_knows_me/' "$folder/scripts/nodes" >"$work/nodes"
  override_mount "$name" "$work/nodes" /pgtopo/scripts/nodes
  stops_without_data "$name" "no pg_hba.conf entry for replication connection from host"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

goes_on_without_upstream() {
  compose stop "$1"
  if PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --wait; then
    because "\"$1\" counts as healthy"
  fi
  is_unwell "$1" "$2"
  expect "still here" "$(on "$1" "SELECT line FROM pgtopo_kept")"
}

stops_without_data() {
  remove "$1"
  if PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --wait; then
    because "\"$1\" came up where it should not"
  fi
  said "$1" "$2"
}

# A commit that waits for one of two replicas waits while one of them is stopped and the other
# is being copied: what receives the WAL for a copy has no database to keep it in. A switch to
# another segment makes it flush, which is what would count.
copy_is_no_standby() {
  local copied stopped writer
  copied=$(last_replica)
  stopped=$(replicas | grep -vxF -- "$copied" | head -n 1)
  on "$(primary)" "CREATE TABLE pgtopo_waits (line text)"
  "$folder/scripts/test.sh"
  remove "$copied"
  compose stop "$stopped"
  before=$(senders)
  # The base backup practically stands still; its WAL does not, and flushes are reported each
  # second instead of every ten.
  write_script "$work/pg_basebackup" 'exec "/usr/lib/postgresql/$PG_MAJOR/bin/pg_basebackup" --max-rate=32k -s 1 "$@"'
  override_mount "$copied" "$work/pg_basebackup" /usr/local/sbin/pg_basebackup
  PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --no-deps "$copied"
  eventually 60 wal_is_copied
  on "$(primary)" "INSERT INTO pgtopo_waits VALUES ('by nobody else')" &
  writer=$!
  eventually 30 commit_waits
  for _ in 1 2; do
    on "$(primary)" "SET synchronous_commit = local; SELECT pg_switch_wal();
      CREATE TABLE pgtopo_switched (); DROP TABLE pgtopo_switched" >/dev/null
    sleep 3
  done
  commit_waits || because "a commit returned that only the copy of \"$copied\" has"
  kill -0 "$writer"
  compose kill "$copied"
  compose up -d --wait
  wait "$writer"
  on "$(primary)" "DROP TABLE pgtopo_waits"
  "$folder/scripts/test.sh"
}

# The base backup's connection, and the one for its WAL.
# Two more senders than before: those of the base backup and of its WAL.
wal_is_copied() {
  [ "$(senders)" = "$((before + 2))" ]
}

senders() {
  on "$(primary)" "SELECT count(*) FROM pg_stat_replication WHERE state IN ('backup', 'streaming')"
}

commit_waits() {
  [ "$(on "$(primary)" "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")" = 1 ]
}

# No node starts a new database while others have the old one.
lost_primary_is_not_made_anew() {
  local name
  name=$(direct_replica)
  compose stop
  remove "$(primary)"
  if compose up -d --wait; then because "a lost primary was made anew"; fi
  said "$(primary)" "its data directory is empty"
  has_file "$name" global/pg_control || because "the data of \"$name\" is gone"
  # Nor if nothing knows any more which node was the primary.
  compose down
  forget_state
  if compose up -d --wait; then because "a lost primary was made anew"; fi
  # It looks for ten seconds for other nodes with data.
  eventually 60 has_said "$(primary)" "others have a database"
  has_file "$name" global/pg_control || because "the data of \"$name\" is gone"
}

# Alone on the machine, it cannot know; the replica that comes back then does.
primary_made_anew_is_noticed() {
  local name
  name=$(direct_replica)
  compose down
  forget_state
  remove "$(primary)"
  compose up -d --wait --no-deps "$(primary)"
  if compose up -d --wait; then
    because "\"$name\" came up with the data of another primary"
  fi
  said "$name" "the data is not a copy of upstream"
  has_file "$name" global/pg_control || because "the data of \"$name\" is gone"
  compose stop
  for name in $(replicas); do remove "$name"; done
  compose up -d --wait
  "$folder/scripts/test.sh"
}

# An SQL superuser may read what the server may: that includes no secret except the
# replication password, which the server needs.
secrets_are_unreadable() {
  local name
  for name in $(primary) $(replicas); do
    for file in $(compose exec -T "$name" ls /run/secrets </dev/null); do
      if on "$name" "SELECT pg_read_binary_file('/run/secrets/$file')" 2>"$work/read"; then
        because "SQL on \"$name\" reads the secret \"$file\""
      fi
      grep -qi "permission denied" "$work/read"
    done
  done
}

# The scripts look whether a slot exists before they create or drop it.
slots_log_no_errors() {
  local name
  compose restart
  compose up -d --wait
  remove "$(last_replica)"
  compose up -d --wait
  "$folder/scripts/test.sh"
  for name in $(primary) $(replicas); do
    if compose logs "$name" | grep -E '(ERROR|FATAL): .*slot'; then
      because "\"$name\" logged errors about slots"
    fi
  done
}

reset_starts_from_nothing() {
  if echo no | "$folder/scripts/reset.sh"; then because "reset.sh took no for an answer"; fi
  "$folder/scripts/test.sh"
  "$folder/scripts/reset.sh" --yes
  "$folder/scripts/test.sh"
  expect "" "$(on "$(primary)" "SELECT relname FROM pg_class WHERE relname = 'pgtopo_kept'")"
}

# --- Helpers -----------------------------------------------

compose() {
  docker compose -f "$folder/docker-compose.yml" "$@"
}

on() {
  compose exec -T "$1" sh -c 'exec psql -XAtqw -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" \
    -d "$POSTGRES_DB" -c "$1"' psql "$2" </dev/null
}

# The nodes by their declared roles, which are in scripts/nodes.
primary() {
  awk '!/^#/ && $2 == "primary" { print $1 }' "$folder/scripts/nodes"
}

replicas() {
  awk '!/^#/ && $2 == "replica" { print $1 }' "$folder/scripts/nodes"
}

# One that no node copies from.
last_replica() {
  awk '!/^#/ { names[++count] = $1; used[$3] = 1 }
    END { for (i = 1; i <= count; i++) if (!(names[i] in used)) last = names[i]; print last }' \
    "$folder/scripts/nodes"
}

# One that copies from the primary.
direct_replica() {
  awk '!/^#/ && $2 == "primary" { wanted = $1 } !/^#/ { upstream[$1] = $3; names[++count] = $1 }
    END { for (i = 1; i <= count; i++) if (upstream[names[i]] == wanted) { print names[i]; exit } }' \
    "$folder/scripts/nodes"
}

declared_upstream() {
  awk -v node="$1" '$1 == node { print $3 }' "$folder/scripts/nodes"
}

# Empty where the topology has none.
declared_slot() {
  awk -v node="$1" '$1 == node && $5 != "-" { print $5 }' "$folder/scripts/nodes"
}

# Every password of the topology, one per line.
passwords() {
  {
    compose exec -T "$(primary)" sh -c 'cat /run/pgtopo/passfile' |
      sed 's/.*[^\\]://; s/\\\(.\)/\1/g'
    compose exec -T "$(primary)" sh -c 'for file in /run/secrets/*; do cat "$file"; echo; done'
    compose config --format json | jq -r '.services[].environment // {} | to_entries[]
      | select(.key | endswith("_PASSWORD")) | .value // empty' | sed 's/\$\$/$/g'
  } | grep -v '^-----\|^[A-Za-z0-9+/=]\{64\}$' | sed '/^$/d' | sort -u
}

# variable SERVICE NAME: a variable of the container's environment, as declared.
variable() {
  compose config --format json | jq -r --arg service "$1" --arg name "$2" \
    '.services[$service].environment[$name] // ""'
}

# override SERVICE (NAME VALUE)…: another environment, for the commands that read override.yml.
override() {
  jq -n '{services: {($ARGS.positional[0]): {environment: ($ARGS.positional[1:] | . as $rest
    | [range(0; length; 2) | {key: $rest[.], value: $rest[. + 1]}] | from_entries)}}}' \
    --args "$@" >"$work/override.yml"
}

# override_mount SERVICE FILE PATH: the same with another file mounted.
override_mount() {
  jq -n --arg name "$1" --arg source "$2" --arg target "$3" '{services: {($name): {volumes:
    [{type: "bind", source: $source, target: $target, read_only: true}]}}}' >"$work/override.yml"
}

write_script() {
  printf '#!/bin/sh\n%s\n' "$2" >"$1"
  chmod 0755 "$1"
}

# Where the stand-in keeps the data directory: in a volume, or in its copy of a bound folder.
data_folder() {
  compose config --format json | jq -r --arg name "$1" --arg state "$PGTOPO_SERVERS" '
    .volumes as $volumes | .services[$name].volumes[]
    | select(.target | startswith("/var/lib/postgresql"))
    | $state + (if .type == "bind" then "/folders" + .source
      else "/volumes/" + $volumes[.source].name end)
      + (if .target == "/var/lib/postgresql" then "/18/docker" else "" end)'
}

# has_file SERVICE FILE: is it in the data directory?
has_file() {
  [ -e "$(data_folder "$1")/$2" ]
}

# The environment of the first process in the container.
environment_of() {
  compose exec -T "$1" sh -c 'tr "\0" "\n" </proc/1/environ'
}

# The container and its data.
remove() {
  compose rm --force --stop "$1"
  find "$(data_folder "$1")" -mindepth 1 -delete
}

# The record of the primary, and of what each node knew. No container may be left.
forget_state() {
  docker volume rm "$(compose config --format json | jq -r '.volumes["pgtopo-state"].name')"
}

# is_unwell SERVICE WORDS: its health check fails with these words.
is_unwell() {
  eventually 60 is_unhealthy "$1" "$2"
}

is_unhealthy() {
  ! compose exec -T "$1" /pgtopo/scripts/health.sh --now </dev/null >"$work/health" 2>&1 || return 1
  grep -qF -- "$2" "$work/health"
}

# eventually SECONDS COMMAND…
eventually() {
  local attempt limit=$1
  shift
  for ((attempt = 0; attempt < limit; attempt++)); do
    if "$@"; then return; fi
    sleep 1
  done
  because "not within $limit s: $*"
}

watch_command_lines() {
  while true; do
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' || :
    sleep 0.02
  done >"$work/command-lines"
}

said() {
  has_said "$1" "$2" || because "\"$1\" does not say: $2"
}

has_said() {
  # Not with -q, which closes the pipe too early.
  compose logs "$1" | grep -F -- "$2" >/dev/null
}

expect() {
  [ "$1" = "$2" ] || because "expected \"$1\", got \"$2\""
}

because() {
  echo "$*" >&2
  return 1
}
