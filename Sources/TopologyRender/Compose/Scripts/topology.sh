#!/bin/sh
# shellcheck disable=SC2034,SC2154 # set here for the scripts that source it, and by the renderer
# What the scripts beside this one share, each of which sets `folder` to the folder of
# docker-compose.yml and sources this file: the nodes, the ways to their containers, and
# what these know.
#
# Declared roles are wishes, and are in the file `nodes`. Actual roles are facts: they
# are in the volume of the state, which containers alone can read. The last that a script
# has read is kept in `.pgtopo-actual`, for `pgtopo render`.
#
# The renderer puts a fact in place of the marker:
#   PGTOPO_DATA_FOLDERS    a line "node TAB path in the container TAB folder of this machine"
#                          for each bind mount that holds data or archived WAL

# @topology@

tab=$(printf '\t')

# --- Declared -----------------------------------------------------------------

declared_nodes() {
  sed "/^#/d; /^\$/d; s/$tab.*//" "$folder/scripts/nodes"
}

# declared NODE COLUMN: 2 is the role, 3 the upstream, 5 the slot; "-" is none.
declared() {
  awk -F "$tab" -v node="$1" -v column="$2" '$1 == node { print $column }' "$folder/scripts/nodes"
}

declared_primary() {
  awk -F "$tab" '$2 == "primary" { print $1 }' "$folder/scripts/nodes"
}

is_declared() {
  [ -n "$(declared "$1" 2)" ]
}

# upstream_of NODE: whom it follows while `actual` is the primary, or "-". Whoever would
# follow the declared primary follows the actual one; a cascade stays as it is declared.
upstream_of() {
  if [ "$1" = "$actual" ]; then
    echo -
  elif [ "$(declared "$1" 2)" = primary ] ||
    [ "$(declared "$1" 3)" = "$(declared_primary)" ]; then
    echo "$actual"
  else
    declared "$1" 3
  fi
}

# --- The way to the containers --------------------------------------------------

# Naming one file makes Compose overlook the user's own second one. Of these names it
# takes the first that is there.
compose() {
  for second in compose.override.yml compose.override.yaml \
    docker-compose.override.yml docker-compose.override.yaml; do
    [ -e "$folder/$second" ] || continue
    docker compose -f "$folder/docker-compose.yml" -f "$folder/$second" "$@"
    return
  done
  docker compose -f "$folder/docker-compose.yml" "$@"
}

# A line "service TAB state TAB health" for each container of the project.
containers() {
  listed=$(compose ps --all --format json) || return
  printf '%s\n' "$listed" | LC_ALL=C awk -v OFS="$tab" '
    function value(key) {
      if (!match($0, "\"" key "\":\"[^\"]*\"")) return ""
      return substr($0, RSTART + length(key) + 4, RLENGTH - length(key) - 5)
    }
    value("Service") != "" { print value("Service"), value("State"), value("Health") }'
}

# container_state NODE: running, restarting, exited and so on, or "none".
# "unknown" where Docker does not answer, which is not "none".
container_state() {
  if ! known=$(containers); then
    echo unknown
    return
  fi
  known=$(printf '%s\n' "$known" | awk -F "$tab" -v node="$1" '$1 == node { print $2 }')
  echo "${known:-none}"
}

# in_node NODE COMMAND…: runs the command in the node's container.
in_node() {
  node_name=$1
  shift
  compose exec -T "$node_name" "$@" </dev/null
}

# one_off NODE SUBCOMMAND…: works on the data of a node that is stopped, in a container
# with its volumes and its address. See commands.sh.
one_off() {
  node_name=$1
  shift
  compose run --rm -T --no-deps "$node_name" pgtopo "$@" </dev/null
}

# sql NODE STATEMENTS [DATABASE]: what they return, a line per row and "|" between columns.
# The socket needs no password. A commit waits for no replica: what a script
# wants to know of replicas it asks, and a missing one must not hang it. The
# database is no argument, since psql takes "a=b" there for a connection string.
sql() {
  # shellcheck disable=SC2016 # the container's variables
  in_node "$1" sh -c 'PGOPTIONS="-c synchronous_commit=local" \
    PGDATABASE=${2:-${POSTGRES_DB:-$POSTGRES_USER}} exec psql -XAtqw -v ON_ERROR_STOP=1 \
    -v VERBOSITY=verbose -U "$POSTGRES_USER" -c "$1"' psql "$2" "${3:-}"
}

# in_recovery NODE: "t" or "f", or nothing where it does not answer.
in_recovery() {
  sql "$1" "SELECT pg_is_in_recovery()" 2>/dev/null || :
}

# What the upstream knows of a receiver: "state|sync state|bytes not replayed yet".
receiver() {
  sql "$1" "SELECT state, sync_state, greatest(0, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
      THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, replay_lsn))
    FROM pg_stat_replication WHERE application_name = '$2'"
}

# --- Actual -------------------------------------------------------------------

# read_state: puts what the nodes have noted into `known`, a line each: "state TAB key TAB value"
# or "note TAB node TAB key TAB value"; and the actual primary, where one is recorded, into
# `actual`. Any node can tell, since all mount the same volume: one that runs, or else the
# files of a container that does not, or waits for its restart; where there is none, one that
# is made for it. When none can, `unreadable` says why, `actual` is what was known before, and
# this fails.
read_state() {
  known='' actual='' unreadable=''
  all=$(containers) || return
  for candidate in $(printf '%s\n' "$all" | awk -F "$tab" '$2 == "running" { print $1 }'); do
    is_declared "$candidate" || continue
    known=$(in_node "$candidate" sh /pgtopo/scripts/facts.sh state 2>/dev/null) || continue
    remember_actual
    return 0
  done
  for candidate in $(printf '%s\n' "$all" | cut -f 1); do
    if ! is_declared "$candidate" || ! copied_state "$candidate"; then continue; fi
    remember_actual
    return 0
  done
  for candidate in $(declared_nodes); do
    case "$tab$(printf '%s\n' "$all" | cut -f 1 | tr '\n' "$tab")" in *"$tab$candidate$tab"*) continue ;; esac
    if answer=$(one_off "$candidate" state 2>&1); then
      # Without what a container says while it is made.
      known=$(printf '%s\n' "$answer" | grep "^state$tab\|^note$tab") || known=
      remember_actual
      return 0
    fi
    unreadable=$(printf '%s\n' "$answer" | tail -n 1)
  done
  unreadable=${unreadable:-no container has it}
  known='' actual=$(sed -n 's/^primary=//p' "$folder/.pgtopo-actual" 2>/dev/null) || actual=
  return 1
}

# copied_state NODE: out of its container, which needs no address for that.
copied_state() {
  copied=$(mktemp -d)
  # Links are not followed: what a container wrote is not trusted to name files of this machine.
  if compose cp "$1:/pgtopo/state" - 2>/dev/null | tar -x -f - -C "$copied" 2>/dev/null &&
    [ -d "$copied/state" ]; then
    find "$copied" -type l -exec rm -f {} +
    known=$(PGTOPO_STATE=$copied/state sh "$folder/scripts/facts.sh" state)
    result=0
  else
    result=1
  fi
  rm -rf "$copied"
  return "$result"
}

# state_of KEY, and note_of NODE KEY: of what read_state has read.
state_of() {
  printf '%s\n' "$known" | awk -F "$tab" -v key="$1" '$1 == "state" && $2 == key { print $3 }'
}

note_of() {
  printf '%s\n' "$known" | awk -F "$tab" -v node="$1" -v key="$2" \
    '$1 == "note" && $2 == node && $3 == key { print $4 }'
}

# For `pgtopo render`. Where this folder may not be written to, it goes without.
remember_actual() {
  actual=$(state_of primary)
  {
    if [ -n "$actual" ]; then
      printf '%s\n' "$known" | sed -n "s/^state$tab\([^$tab]*\)$tab/\1=/p" \
        >"$folder/.pgtopo-actual.new" && mv -f "$folder/.pgtopo-actual.new" "$folder/.pgtopo-actual"
    else
      rm -f "$folder/.pgtopo-actual"
    fi
  } 2>/dev/null || :
}
