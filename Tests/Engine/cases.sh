#!/usr/bin/env bash
# The cases of a rendered folder on a Docker Engine, in addition to those of
# ../Servers/cases.sh, and the functions which that file leaves to the script that sources it:
# here a container is a container, so everything goes through `docker`.
#
# test-engine sets `folder` (the render), `topology` (the file it comes from), `pgtopo`,
# `major` and `work`, sources both files, and runs each case in a shell that ends with the
# first command that fails.
# shellcheck disable=SC2154 # set there
# shellcheck disable=SC2016 # the containers' variables

first_start() {
  "$folder/scripts/setup.sh"
  "$folder/scripts/test.sh"
}

first_start_keeps_passwords_secret() {
  watch_command_lines &
  watcher=$!
  trap 'kill "$watcher" 2>/dev/null || :' EXIT
  first_start
  kill "$watcher"
  passwords_stay_secret
}

settings_changed() {
  on "$(primary)" "CREATE TABLE before_the_change AS SELECT 'still here' AS line"
  local name before
  before=$(compose ps -q | sort)
  compose up -d --wait
  expect "$before" "$(compose ps -q | sort)"
  # First with the file as it is, so that a stale render cannot make a difference.
  sed -i 's/^settings:$/settings:\n  work_mem: 7MB/' "$topology"
  "$pgtopo" render --quiet --output "$folder" "$topology"
  compose up -d --wait
  for name in $(primary) $(replicas); do
    expect 7MB "$(on "$name" "SHOW work_mem")"
    expect "still here" "$(on "$name" "SELECT line FROM before_the_change")"
  done
  "$folder/scripts/test.sh"
}

# A user's own Compose file includes the rendered one, and one of its services has the
# declared client's address and environment.
application_joins() {
  local network address
  network=$(network)
  address=$(prefix).200
  cat >"$folder/application.yml" <<END
name: $(compose config --format json | jq -r .name)
include: [docker-compose.yml]
services:
  application:
    image: postgres:$major
    env_file: [clients/backend.env]
    networks: {$network: {ipv4_address: $address}}
    entrypoint: [sh, -euc]
    command:
    - |
      psql -Xqw "\$\$PRIMARY_DATABASE_URL" -c "CREATE TABLE joined AS SELECT 'written' AS line"
      for attempt in \$\$(seq 60); do
        line=\$\$(psql -XAtqw "\$\$REPLICA_DATABASE_URL" \\
          -c "SELECT line FROM joined WHERE pg_is_in_recovery()" 2>/dev/null || :)
        if [ -n "\$\$line" ]; then break; fi
        sleep 0.5
      done
      echo "read: \$\$line"
END
  docker compose -f "$folder/application.yml" run --rm -T application >"$work/application" </dev/null
  expect "read: written" "$(tail -n 1 "$work/application")"
}

undeclared_address_refused() {
  local user database message
  user=$(in_primary 'printf %s "$POSTGRES_USER"')
  database=$(in_primary 'printf %s "$POSTGRES_DB"')
  for database in "$database" "$database replication=yes"; do
    if message=$(client 77 "host=$(primary) user=$user dbname=$database connect_timeout=10" \
      -c "SELECT 1" 2>&1); then
      because "the undeclared address was let in"
    fi
    case $message in
      *"no pg_hba.conf entry for "*) ;;
      *) because "refused, but for another reason: $message" ;;
    esac
  done
}

primary_restarted() {
  compose restart "$(primary)"
  compose up -d --wait
  "$folder/scripts/test.sh"
  compose kill "$(primary)"
  compose up -d --wait
  "$folder/scripts/test.sh"
}

# The slot keeps what wal_keep_size does not.
replica_far_behind() {
  local name
  name=$(last_replica)
  compose stop "$name"
  write_much
  compose up -d --wait
  "$folder/scripts/test.sh"
  expect "$(on "$(primary)" "SELECT count(*) FROM bulk")" "$(on "$name" "SELECT count(*) FROM bulk")"
}

# There is no slot here, so the primary has recycled what the replica lacks.
replica_catches_up_from_archive() {
  local name missing
  name=$(last_replica)
  compose stop "$name"
  missing=$(on "$(primary)" "SELECT pg_walfile_name(pg_current_wal_lsn())")
  write_much
  expect 0 "$(on "$(primary)" "SELECT count(*) FROM pg_ls_waldir() WHERE name = '$missing'")"
  compose up -d --wait
  "$folder/scripts/test.sh"
  said "$name" "restored log file \"$missing\" from archive"
  expect "$(on "$(primary)" "SELECT count(*) FROM bulk")" "$(on "$name" "SELECT count(*) FROM bulk")"
}

# As many replicas as are declared without one are enough; with one fewer, a commit waits
# until one is back.
commits_wait_for_replicas() {
  local names=() spare needed writer attempt waiting
  mapfile -t names < <(replicas)
  spare=${names[-1]}
  needed=${names[-2]}
  on "$(primary)" "CREATE TABLE waits (line text)"
  compose stop "$spare"
  on "$(primary)" "SET statement_timeout = '30s'; INSERT INTO waits VALUES ('without the spare')"
  compose stop "$needed"
  on "$(primary)" "INSERT INTO waits VALUES ('without enough')" &
  writer=$!
  for ((attempt = 0; attempt < 60; attempt++)); do
    waiting=$(on "$(primary)" "SELECT count(*) FROM pg_stat_activity WHERE wait_event = 'SyncRep'")
    if [ "$waiting" = 1 ]; then break; fi
    sleep 0.5
  done
  expect 1 "$waiting"
  kill -0 "$writer"
  compose start "$needed"
  wait "$writer"
  compose up -d --wait
  expect 2 "$(on "$needed" "SELECT count(*) FROM waits")"
  "$folder/scripts/test.sh"
}

clients_verify_the_server() {
  local link message certificates
  certificates=$(dirname "$topology")/certs
  PGPASSWORD=$(cat "$(dirname "$topology")/secrets/ledger")
  export PGPASSWORD
  link="host=$(primary) user=ledger dbname=ledger connect_timeout=10"
  expect verified "$(with_authority "$certificates/ca.crt" "$link sslmode=verify-full" \
    -c "SELECT 'verified' FROM pg_stat_ssl WHERE pid = pg_backend_pid() AND ssl")"
  if message=$(with_authority "$certificates/other-ca.crt" "$link sslmode=verify-full" \
    -c "SELECT 1" 2>&1); then
    because "a client took a certificate of an authority that it does not know"
  fi
  case $message in *"certificate verify failed"*) ;; *) because "$message" ;; esac
  if message=$(with_authority "$certificates/ca.crt" "$link sslmode=disable" -c "SELECT 1" 2>&1); then
    because "a client without TLS was let in"
  fi
  case $message in *"no pg_hba.conf entry"*"no encryption"*) ;; *) because "$message" ;; esac
  expect t "$(on "$(primary)" "SELECT bool_and(ssl) FROM pg_stat_replication JOIN pg_stat_ssl USING (pid)")"
}

# --- Helpers -----------------------------------------------

compose() {
  if [ "$*" = "config --format json" ]; then
    # The cases use it all the time.
    if [ ! "$work/config" -nt "$folder/docker-compose.yml" ]; then
      docker compose -f "$folder/docker-compose.yml" "$@" >"$work/config"
    fi
    cat "$work/config"
    return
  fi
  docker compose -f "$folder/docker-compose.yml" \
    ${PGTOPO_COMPOSE_FILE:+-f "$PGTOPO_COMPOSE_FILE"} "$@"
}

# In its own container, since the service's may not be running.
has_file() {
  local mount
  mount=$(data_mount "$1")
  docker run --rm --entrypoint test -v "$mount" "postgres:$major" \
    -e "$(variable "$1" PGDATA)/$2"
}

# Root in a container may not read the environment of another user's process.
environment_of() {
  compose exec -T --user postgres "$1" sh -c 'tr "\0" "\n" </proc/1/environ'
}

# Freeze it before the kill, so that it cannot finish before the kill.
kill_when() {
  local up
  # A copy that takes its time.
  case $2 in .pgtopo-copy/*) write_much ;; esac
  # Do not wait for the others, which would give up if this one does not come.
  compose up -d >/dev/null 2>&1 &
  up=$!
  freeze "$1" "$2"
  compose kill "$1"
  wait "$up" || :
}

# The container and its data.
remove() {
  local mount
  mount=$(data_mount "$1")
  compose rm --force --stop "$1"
  docker volume rm "${mount%%:*}"
}

# VOLUME:PATH of the volume that contains the data directory.
data_mount() {
  compose config --format json | jq -r --arg name "$1" '.volumes as $volumes
    | .services[$name].volumes[] | select(.type == "volume")
    | select(.target | startswith("/var/lib/postgresql"))
    | "\($volumes[.source].name):\(.target)"'
}

# More WAL than any wal_keep_size and max_wal_size of the topologies, in 12 segments that
# checkpoints may recycle. It must not wait for a missing replica.
write_much() {
  local _
  on "$(primary)" "SET synchronous_commit = local; CREATE TABLE IF NOT EXISTS bulk (line text)"
  for _ in 1 2 3 4; do
    on "$(primary)" "SET synchronous_commit = local;
      INSERT INTO bulk SELECT lpad(i::text, 900, '0') FROM generate_series(1, 40000) AS i;"
    on "$(primary)" "SELECT pg_switch_wal()" >/dev/null
    on "$(primary)" "CHECKPOINT"
  done
}

# Stops every process of the container except the first as soon as the file exists.
freeze() {
  local attempt
  for ((attempt = 0; attempt < 300; attempt++)); do
    if in_container "$1" "for i in \$(seq 3000); do
        if [ -e \"\$PGDATA/$2\" ]; then kill -s STOP -- -1; exit; fi
        sleep 0.01
      done
      exit 3" 2>/dev/null; then return; fi
    sleep 0.1
  done
  because "\"$1\" never made \"$2\""
}

in_container() {
  compose exec -T "$1" sh -c "$2" </dev/null
}

in_primary() {
  in_container "$(primary)" "$1"
}

# client LAST_NUMBER ARGUMENT…: runs psql in a container with that address of the subnet.
client() {
  docker run --rm --network "$(network)" --ip "$(prefix).$1" -e PGPASSWORD "postgres:$major" \
    psql -XAtqw "${@:2}" </dev/null
}

# with_authority FILE ARGUMENT…: runs psql of the declared client, trusting this authority.
with_authority() {
  docker run --rm --network "$(network)" --ip "$(prefix).100" -e PGPASSWORD \
    -v "$1:/authority.crt:ro" -e PGSSLROOTCERT=/authority.crt "postgres:$major" \
    psql -XAtqw "${@:2}" </dev/null
}

network() {
  compose config --format json | jq -r '.networks[].name'
}

# The first three numbers of the subnet.
prefix() {
  compose config --format json |
    jq -r '[.services[].networks[].ipv4_address][0] | sub("[.][0-9]+$"; "")'
}
