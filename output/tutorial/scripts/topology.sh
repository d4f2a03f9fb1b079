#!/bin/sh
# Rendered by pgtopo from topology.yml. Edit that file, not this one, and run "pgtopo render".
# shellcheck disable=SC2034,SC2154 # set here for the scripts that source it, and by the renderer
# What setup.sh, reset.sh and test.sh share, each of which sets `folder` to the
# folder of docker-compose.yml and sources this file: the topology's facts, and
# the ways to its containers.
#
# The renderer puts the facts in place of the marker:
#   primary                the primary's name
#   replicas               a function: prints a line "replica TAB upstream TAB sync state" for
#                          each replica, upstreams first. Where PostgreSQL may choose, the
#                          state is several words with "|" between: async, sync, potential, quorum
#   PGTOPO_DATA_FOLDERS    a line "node TAB path in the container TAB folder of this machine"
#                          for each bind mount that holds data or archived WAL

primary=primary
replicas() {
  printf '%s\t%s\t%s\n' replica primary 'sync'
}
PGTOPO_DATA_FOLDERS=''

compose() {
  # Naming one file makes Compose overlook the user's own second one.
  if [ -e "$folder/docker-compose.override.yml" ]; then
    docker compose -f "$folder/docker-compose.yml" \
      -f "$folder/docker-compose.override.yml" "$@"
  else
    docker compose -f "$folder/docker-compose.yml" "$@"
  fi
}

# in_node NODE COMMAND…: runs the command in the node's container.
in_node() {
  node_name=$1
  shift
  compose exec -T "$node_name" "$@" </dev/null
}

# sql NODE STATEMENTS: what they return, a line per row and "|" between columns.
# The socket needs no password. A commit waits for no replica: what a script
# wants to know of replicas it asks, and a missing one must not hang it. The
# database is no argument, since psql takes "a=b" there for a connection string.
sql() {
  # shellcheck disable=SC2016 # the container's variables
  in_node "$1" sh -c 'PGOPTIONS="-c synchronous_commit=local" \
    PGDATABASE=${POSTGRES_DB:-$POSTGRES_USER} exec psql -XAtqw -v ON_ERROR_STOP=1 \
    -v VERBOSITY=verbose -U "$POSTGRES_USER" -c "$1"' psql "$2"
}

# What the upstream knows of a receiver: "state|sync state|bytes not replayed yet".
receiver() {
  sql "$1" "SELECT state, sync_state, pg_wal_lsn_diff(CASE WHEN pg_is_in_recovery()
      THEN pg_last_wal_receive_lsn() ELSE pg_current_wal_lsn() END, replay_lsn)
    FROM pg_stat_replication WHERE application_name = '$2'"
}

tab=$(printf '\t')
