#!/usr/bin/env bash
# The lives of a rendered folder: each case is a function that test-servers runs
# in this order, one after the other on the same nodes. Written with `docker
# compose` alone, but for what a container engine has no command for.
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
  promoted_node_stays_promoted
  refusals_are_explained
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

# What each server says of the files it was given: no error, no line that has no effect,
# and as many records as there are.
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
  # As they are, and as SQL writes them.
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

# In initdb, whose half-made directory has the looks of a database.
primary_killed_while_initialising() {
  local name
  for name in $(replicas) $(primary); do remove "$name"; done
  kill_when "$name" global/pg_control
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "the first initialisation did not finish"
}

# Later, in the user's own files, and what the container itself remembers is lost.
primary_replaced_while_initialising() {
  local name
  for name in $(replicas) $(primary); do remove "$name"; done
  mkdir -p "$work/init"
  echo "sleep 60" >"$work/init/slow.sh"
  jq -n --arg name "$name" --arg source "$work/init" '{services: {($name): {volumes:
    [{type: "bind", source: $source, target: "/pgtopo/init"}]}}}' >"$work/override.yml"
  PGTOPO_COMPOSE_FILE=$work/override.yml kill_when "$name" .pgtopo-initializing
  compose rm --force --stop "$name"
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "the first initialisation did not finish"
}

# kill_when SERVICE FILE: brings all up, and kills the service when its data
# directory has the file.
kill_when() {
  local up data attempt
  compose up -d --wait >/dev/null 2>&1 &
  up=$!
  data=$(data_folder "$1")
  for ((attempt = 0; attempt < 3000; attempt++)); do
    if [ -e "$data/$2" ]; then break; fi
    sleep 0.01
  done
  compose kill "$1"
  wait "$up" || :
}

slot_made_again() {
  local name upstream slot
  name=$(last_replica)
  upstream=$(variable "$name" PGTOPO_UPSTREAM)
  slot=$(variable "$name" PGTOPO_SLOT)
  if [ -z "$slot" ]; then return; fi
  compose stop "$name"
  on "$upstream" "SELECT pg_drop_replication_slot('$slot')" >/dev/null
  compose up -d --wait
  "$folder/scripts/test.sh"
  expect t "$(on "$upstream" "SELECT active FROM pg_replication_slots WHERE slot_name = '$slot'")"
}

promoted_node_stays_promoted() {
  local name
  name=$(last_replica)
  on "$name" "SELECT pg_promote()" >/dev/null
  compose stop "$name"
  compose up -d --wait
  expect f "$(on "$name" "SELECT pg_is_in_recovery()")"
  said "$name" "this node was promoted"
  remove "$name"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

# A replica with data goes on and says what is wrong; one without data says it
# and stops. As it was declared, it is well again with all its data.
refusals_are_explained() {
  local name link
  name=$(last_replica)
  link=$(variable "$name" PGTOPO_UPSTREAM_CONNINFO)
  on "$(primary)" "DROP TABLE IF EXISTS pgtopo_kept;
    CREATE TABLE pgtopo_kept AS SELECT 'still here' AS line"
  "$folder/scripts/test.sh"
  override "$name" REPLICATION_PASSWORD "not the password" REPLICATION_PASSWORD_FILE ""
  goes_on_without_upstream "$name" "refused the password of"
  stops_without_data "$name" "password authentication failed"
  override "$name" PGTOPO_UPSTREAM_CONNINFO "$link user=nobody_knows_me"
  stops_without_data "$name" "no pg_hba.conf entry for replication connection from host"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

goes_on_without_upstream() {
  compose stop "$1"
  PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --wait
  said "$1" "$2"
  expect "still here" "$(on "$1" "SELECT line FROM pgtopo_kept")"
}

stops_without_data() {
  remove "$1"
  if PGTOPO_COMPOSE_FILE=$work/override.yml compose up -d --wait; then
    because "\"$1\" came up where it should not"
  fi
  said "$1" "$2"
}

primary_made_anew_is_noticed() {
  local name
  for name in $(replicas); do
    if [ "$(variable "$name" PGTOPO_UPSTREAM)" = "$(primary)" ]; then break; fi
  done
  compose stop
  remove "$(primary)"
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

reset_starts_from_nothing() {
  if echo no | "$folder/scripts/reset.sh"; then because "reset.sh took no for an answer"; fi
  "$folder/scripts/test.sh"
  "$folder/scripts/reset.sh" --yes
  "$folder/scripts/test.sh"
  expect "" "$(on "$(primary)" "SELECT relname FROM pg_class WHERE relname = 'pgtopo_kept'")"
}

# --- What the cases are made of ----------------------------------------------

compose() {
  docker compose -f "$folder/docker-compose.yml" "$@"
}

on() {
  compose exec -T "$1" sh -c 'exec psql -XAtqw -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" \
    -d "$POSTGRES_DB" -c "$1"' psql "$2" </dev/null
}

primary() {
  compose config --format json |
    jq -r '.services | to_entries[] | select(.value.environment.PGTOPO_ROLE == "primary") | .key'
}

replicas() {
  compose config --format json |
    jq -r '.services | to_entries[] | select(.value.environment.PGTOPO_ROLE == "replica") | .key'
}

# One that nobody copies from.
last_replica() {
  compose config --format json | jq -r '[.services[].environment.PGTOPO_UPSTREAM] as $upstreams
    | [.services | keys[] | select(IN($upstreams[]) | not)] | last'
}

# Every password of the topology, a line each.
passwords() {
  compose exec -T "$(primary)" cat /run/pgtopo/passfile |
    sed 's/.*[^\\]://; s/\\\(.\)/\1/g'
  compose config --format json | jq -r '.services[].environment // {} | to_entries[]
    | select(.key | endswith("_PASSWORD")) | .value // empty' | sed 's/\$\$/$/g; /^$/d'
}

# variable SERVICE NAME: of the container's environment, as it is declared.
variable() {
  compose config --format json | jq -r --arg service "$1" --arg name "$2" \
    '.services[$service].environment[$name] // ""'
}

# override SERVICE (NAME VALUE)…: another environment, for those that read override.yml.
override() {
  jq -n '{services: {($ARGS.positional[0]): {environment: ($ARGS.positional[1:] | . as $rest
    | [range(0; length; 2) | {key: $rest[.], value: $rest[. + 1]}] | from_entries)}}}' \
    --args "$@" >"$work/override.yml"
}

# Where the stand-in keeps the data directory: a volume, or what it has for a bound folder.
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

# Of the first process in the container.
environment_of() {
  compose exec -T "$1" sh -c 'tr "\0" "\n" </proc/1/environ'
}

# The container and its data.
remove() {
  compose rm --force --stop "$1"
  find "$(data_folder "$1")" -mindepth 1 -delete
}

watch_command_lines() {
  while true; do
    cat /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' || :
    sleep 0.02
  done >"$work/command-lines"
}

said() {
  # Not with -q, which closes the pipe too early.
  compose logs "$1" | grep -F -- "$2" >/dev/null || because "\"$1\" does not say: $2"
}

expect() {
  [ "$1" = "$2" ] || because "expected \"$1\", got \"$2\""
}

because() {
  echo "$*" >&2
  return 1
}
