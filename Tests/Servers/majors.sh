#!/usr/bin/env bash
# Another major version in the topology, rendered and started over the data of a primary: the
# test of test-majors. Sequences with the same beginning share it: the state is copied where
# they part. A major that does not fit the data must say so and leave the data alone; one that
# starts must have every row that was ever written.
# shellcheck disable=SC2154 # set by test-majors

export POSTGRES_PASSWORD=postgres-secret REPLICATION_PASSWORD=replication-secret
# Health is checked without delay.
export PGTOPO_HURRY=5

run_layout() {
  local layout=$1 first second third count=0
  for first in "${majors[@]}"; do
    begin_with "$layout" "$first"
    save first
    for second in "${majors[@]}"; do
      restore first
      change_to "$second"
      save second
      for third in "${majors[@]}"; do
        restore second
        change_to "$third"
        change_to "$first"
        [ "$came_up" = yes ] || lost "PostgreSQL $first does not come up again"
        count=$((count + 1))
        printf '%-8s %s  ok\n' "$layout" "$sequence"
      done
    done
  done
  echo "$layout: $count sequences in $SECONDS s"
}

# A topology of one primary, newly rendered and with its first row.
begin_with() {
  # From earlier sequences: a running one would write to what is removed.
  if [ -e "$work/render" ]; then compose down --volumes >"$work/said" 2>&1; fi
  rm -rf "$work/source" "$work/render" "$work/rows" "$PGTOPO_SERVERS"
  mkdir -p "$work/source" "$PGTOPO_SERVERS"
  : >"$work/rows"
  local place=''
  if [ "$1" = folder ]; then place=', data: ./data'; fi
  cat >"$work/source/topology.yml" <<END
version: 1
name: majors
postgres: {version: $2, database: app}
network: {subnet: 172.29.0.0/24}
users:
  postgres: {attributes: [superuser], password: {env: POSTGRES_PASSWORD}}
  repuser: {attributes: [replication], password: {env: REPLICATION_PASSWORD}}
nodes:
  primary: {role: primary, ip: 172.29.0.10$place}
settings: {max_slot_wal_keep_size: 4GB}
END
  sequence=
  change_to "$2"
  [ "$came_up" = yes ] || lost "PostgreSQL $2 does not come up with nothing"
}

# change_to MAJOR: changes the topology, and starts it. Whether it starts or refuses, every
# existing database must exist afterwards, and a node that starts has all rows.
change_to() {
  local row
  sequence="$sequence${sequence:+ }$1"
  sed -i "s/version: [0-9]*, database/version: $1, database/" "$work/source/topology.yml"
  "$pgtopo" render --quiet --force --output "$work/render" "$work/source/topology.yml" >"$work/said" 2>&1 ||
    lost "it is not rendered: $(cat "$work/said")"
  databases >"$work/databases"
  if compose up -d --wait >"$work/said" 2>&1; then came_up=yes; else came_up=no; fi
  while IFS= read -r row; do
    databases | grep -qxF -- "$row" || lost "the database is gone: $row"
  done <"$work/databases"
  if [ "$came_up" = yes ]; then
    row="row $(wc -l <"$work/rows")"
    sql "SET client_min_messages = warning; CREATE TABLE IF NOT EXISTS rows (row text)"
    sql "INSERT INTO rows VALUES ('$row')"
    echo "$row" >>"$work/rows"
    expected=$(sort "$work/rows")
    found=$(sql "SELECT row FROM rows" | sort)
    [ "$found" = "$expected" ] || lost "rows are missing: it has $(paste -s -d , <<<"$found")"
  else
    # It must say so before the image does.
    says_why || lost "it does not say why it refuses"
  fi
}

# A container that restarts again and again may not have got there yet.
says_why() {
  local attempt
  for ((attempt = 0; attempt < 100; attempt++)); do
    if compose logs primary | grep -F 'pgtopo: node "primary": ' >/dev/null; then return; fi
    sleep 0.2
  done
  return 1
}

# One line per data directory in the volumes and bound folders: place, major, identifier.
databases() {
  local file identifier
  mkdir -p "$PGTOPO_SERVERS/volumes" "$PGTOPO_SERVERS/folders"
  find "$PGTOPO_SERVERS/volumes" "$PGTOPO_SERVERS/folders" -name PG_VERSION -not -path '*/base/*' |
    while IFS= read -r file; do
    # The first eight bytes of the control file.
    identifier=$(od -An -tu8 -N8 "$(dirname "$file")/global/pg_control" 2>/dev/null || :)
    echo "${file#"$PGTOPO_SERVERS"} $(cat "$file") $identifier"
  done | sort
}

save() {
  compose stop
  rm -rf "$work/saved-$1"
  mkdir "$work/saved-$1"
  cp -a "$PGTOPO_SERVERS" "$work/source" "$work/render" "$work/rows" "$work/saved-$1/"
  echo "$sequence" >"$work/saved-$1/sequence"
}

restore() {
  compose stop
  rm -rf "$PGTOPO_SERVERS" "$work/source" "$work/render" "$work/rows"
  cp -a "$work/saved-$1"/{state,source,render,rows} "$work/"
  sequence=$(cat "$work/saved-$1/sequence")
}

sql() {
  compose exec -T primary psql -XAtqw -v ON_ERROR_STOP=1 -U postgres -d app -c "$1" </dev/null
}

compose() {
  docker compose -f "$work/render/docker-compose.yml" "$@"
}

lost() {
  echo "majors $sequence: $1" >&2
  cat "$work/said"
  compose logs --tail 30 >&2
  exit 1
}
